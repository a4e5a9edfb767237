import re

import pytest

from lms.formats.markdown import SANITISER_VERSION, excerpt, to_html, to_text

HARMFUL_TAGS = [
    "script",
    "style",
    "img",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "video",
    "audio",
    "link",
    "meta",
    "base",
    "details",
]
PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.dk/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    '<img src="x" onerror="alert(1)"',
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<math href=javascript:alert(1)>x</math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='jAvAsCrIpT:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a onclick=alert(1)>x</a>",
    "<b onmouseover=alert(1)>x</b>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<div style='background:url(javascript:alert(1))'>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<marquee onstart=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><script>alert(1)</script></textarea>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "<x onclick=alert(1) tabindex=1>x</x>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](<java\x01script:alert(1)>)",
    "[x]( javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](ftp://x.dk/x)",
    "[x](javascript://x.dk/%0aalert(1))",
    '[x](http://x.dk "onmouseover=alert(1)")',
    '[x](http://x.dk "\\" onmouseover=alert(1) x=\\"")',
    '[x](http://x.dk" onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    "![x](http://x.dk/x.png)",
    '![x" onerror="alert(1)](http://x.dk)',
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    '``` "onclick=alert(1)\nx\n```',
    "    <script>alert(1)</script>",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "* <img src=x onerror=alert(1)>",
    "|<script>alert(1)</script>|\n|-|\n|<img src=x onerror=alert(1)>|",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u202e<script>alert(1)</script>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "＜script＞alert(1)＜/script＞",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_runs_gets_through(payload):
    tags = re.findall(r"<[^>]*>", to_html(payload))

    assert [tag for tag in tags if re.match(rf"</?(?:{'|'.join(HARMFUL_TAGS)})\b", tag, re.IGNORECASE)] == []
    assert [tag for tag in tags if re.search(r"\bon\w+=|style=|src=|srcdoc=", re.sub(r'"[^"]*"', "", tag))] == []
    assert re.findall(r'href="(?!https?://|mailto:)[^"]*"', "".join(tags)) == []


@pytest.mark.parametrize(
    "text, html",
    [
        ("Hej *du* og **I**", "<p>Hej <em>du</em> og <strong>I</strong></p>\n"),
        ("# Først\n\n## Så", "<h3>Først</h3>\n<h4>Så</h4>\n"),
        ("###### Sidst", "<h6>Sidst</h6>\n"),
        ("- en\n- to", "<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n"),
        ("3. tre", '<ol start="3">\n<li>tre</li>\n</ol>\n'),
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        ("~~væk~~", "<p><s>væk</s></p>\n"),
        ("[x](https://x.dk)", '<p><a href="https://x.dk" rel="noopener nofollow">x</a></p>\n'),
        ("[x](/forum/1/)", '<p><a href="/forum/1/" rel="noopener nofollow">x</a></p>\n'),
        ("[x](//x.dk)", '<p><a rel="noopener nofollow">x</a></p>\n'),
        ("<a@x.dk>", '<p><a href="mailto:a@x.dk" rel="noopener nofollow">a@x.dk</a></p>\n'),
        ("www.x.dk https://x.dk", "<p>www.x.dk https://x.dk</p>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("", ""),
    ],
)
def test_what_people_write_becomes_the_html_they_mean(text, html):
    assert to_html(text) == html


def test_tables_are_kept():
    html = to_html("|a|b|\n|-|-:|\n|1|2|")

    assert re.findall(r"<t[hd]>\w</t[hd]>", html) == ["<th>a</th>", "<th>b</th>", "<td>1</td>", "<td>2</td>"]


@pytest.mark.parametrize("piece", ["[", "> ", "*a ", "`", "![](", "<a ", "* ", "|a", "_a_ "])
def test_texts_made_to_be_slow_come_to_an_end(piece):
    assert isinstance(to_html(piece * (20_000 // len(piece))), str)


def test_the_words_alone_have_no_signs_and_one_line_a_paragraph():
    text = "# Møde & mad\n\nHej **du**,\nkom <b>nu</b>\n\n- en\n- to\n\n|a|b|\n|-|-|\n|1|2|"

    assert to_text(text) == "Møde & mad\nHej du,\nkom <b>nu</b>\nen\nto\na b\n1 2"


@pytest.mark.parametrize(
    "text, length, expected",
    [
        ("Kort", 10, "Kort"),
        ("Vi *prøvede* det af i går", 14, "Vi prøvede…"),
        ("Vi prøvede, og det gik", 12, "Vi prøvede…"),
        ("Sammenhængende", 8, "Sammenh…"),
        ("En\n\nto", 20, "En to"),
        ("", 5, ""),
    ],
)
def test_an_excerpt_ends_between_two_words(text, length, expected):
    assert excerpt(text, length) == expected


def test_the_sanitiser_has_a_version_to_store_beside_the_html():
    assert SANITISER_VERSION == 1
