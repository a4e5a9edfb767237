// Keeps the code on the wall fresh: the page is asked for again and only the code is exchanged.
"use strict";

const SECONDS = 10;

async function refresh() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("code");
    if (answer.ok && fresh) document.getElementById("code").replaceWith(fresh);
  } catch {
    // Without a network the old code stays until the next try.
  }
}

setInterval(refresh, SECONDS * 1000);
