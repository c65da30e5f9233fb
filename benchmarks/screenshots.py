"""Pictures of what arrives, from a real browser: mails with 1, 5, 40 and 300 jobs on a phone and a desktop, light and dark.

    python benchmarks/screenshots.py [FOLDER]       default: docs/images, where the few that are kept are renewed

    python benchmarks/screenshots.py --demo FOLDER  what `job-alerts demo` left in FOLDER: a mail, a Slack message, a webhook's
    python benchmarks/screenshots.py --site site    the first page of the documentation that `make docs` built

In another folder all sixteen are taken. Needs Chromium on the PATH and playwright; with Pillow the pictures are made small.
"""

from __future__ import annotations

import shutil
import sys
import threading
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, sync_playwright

from alerts.render import email
from tests.render.mails import mails

DOCS = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTHS = {"phone": 390, "desktop": 1200}
SCHEMES = ("light", "dark")
#: Longer mails are cut here: what comes is more of the same.
MOST = 1500
KEPT = {"mail-1-desktop-light", "mail-5-phone-dark", "mail-40-phone-light", "mail-300-desktop-dark"}


def main(*words: str) -> int:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium on the PATH: no pictures taken", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--headless", "--no-sandbox", "--disable-gpu"])
        if words[:1] == ("--demo",):
            arrived(chromium, Path(words[1]))
        elif words[:1] == ("--site",):
            site(chromium, Path(words[1]))
        else:
            mail(chromium, Path(words[0]) if words else DOCS)
        chromium.close()
    return 0


def arrived(chromium: Browser, folder: Path) -> None:
    """One message of each way."""
    shoot(chromium, (folder / "mail-1.html").read_text("utf-8"), DOCS / "demo-mail.png", 640, "light")
    shoot(chromium, (folder / "slack-1.html").read_text("utf-8"), DOCS / "demo-slack.png", 640, "light")
    said = escape((folder / "webhook-1.json").read_text("utf-8"))
    style = "margin:0;padding:16px;background:#14171b;color:#d4dae1;font:13px/18px monospace;white-space:pre-wrap"
    page = f'<body style="{style}">{said}'
    shoot(chromium, page, DOCS / "demo-webhook.png", 640, "dark", most=760)


def site(chromium: Browser, folder: Path) -> None:
    """The first page, as a reader opens it."""
    page = chromium.new_page(viewport={"width": 1400, "height": 800})
    serving = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    page.goto(f"http://127.0.0.1:{serving.server_port}/index.html", wait_until="networkidle")
    page.screenshot(path=DOCS / "docs-first-page.png")
    page.close()
    serving.shutdown()
    shrink(DOCS / "docs-first-page.png")


def mail(chromium: Browser, folder: Path) -> None:
    """The mails, or those of them that are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for count, batch in mails().items():
        html = email.render(batch).html or ""
        for where, width in WIDTHS.items():
            for scheme in SCHEMES:
                name = f"mail-{count}-{where}-{scheme}"
                if folder != DOCS or name in KEPT:
                    shoot(chromium, html, folder / f"{name}.png", width, scheme)


def shoot(browser: Browser, html: str, out: Path, width: int, scheme: str, most: int = MOST) -> None:
    """One picture of a page, as high as it is."""
    page = browser.new_page(viewport={"width": width, "height": 400}, color_scheme=scheme, java_script_enabled=False)
    page.set_content(html)
    page.screenshot(path=out, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(most, height_of(page))})
    page.close()
    shrink(out)
    print(f"{out.name}: {out.stat().st_size / 1024:.0f} KB")


def height_of(page) -> int:
    box = page.locator("body").bounding_box()
    return int(box["height"]) if box else MOST


def shrink(picture: Path) -> None:
    """Fewer colours, where Pillow is there."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as whole:
        whole.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
