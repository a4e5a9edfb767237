#!/usr/bin/env python
"""Takes the README's pictures from a running demo: ``bin/screenshots.py http://localhost:8000``."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
CONSULTANT, EASTERN = "mette.lindholm@viborg.example", "camilla.brandt.nissen@slagelse.example"
COORDINATOR = "line.falk@fjordbro.example"
# Name, width, who opens it, and the address (or the link to follow from it).
PICTURES = (
    ("front", 1280, "", "/", ""),
    ("overview", 1280, CONSULTANT, "/overblik/", ""),
    ("overview-phone", 375, CONSULTANT, "/overblik/", ""),
    ("day", 1280, CONSULTANT, "/hold/vest/dag/4/", ""),
    ("practice", 1280, CONSULTANT, "/faellesskab/?q=behandlingskonference", ".post__title a"),
    ("kursister", 1280, COORDINATOR, "/hold/vest/kursister/", ""),
)
HEIGHT = {1280: 960, 375: 780}


def take(browser: Browser, base: str, picture: tuple) -> None:
    name, width, person, address, follow = picture
    context = browser.new_context(
        base_url=base, locale="da-DK", viewport={"width": width, "height": HEIGHT[width]}, device_scale_factor=1
    )
    page = context.new_page()
    if person:
        page.goto("/konto/login/")
        page.locator(f"form:has(input[value='{person}']) button").click()
    page.goto(address)
    if follow:
        page.locator(follow).first.click()
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def main() -> None:
    base = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, base, picture)
        browser.close()


if __name__ == "__main__":
    main()
