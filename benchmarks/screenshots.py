"""Pictures of the mail, from a real browser: phone and desktop width, light and dark.

    python benchmarks/screenshots.py [FOLDER]       default: docs/images

Writes ``mail-one.html`` and ``mail-several.html`` beside the pictures only when FOLDER is another one. Without Chromium on the
PATH it writes the pages alone and says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alerts.render import email, samples

DOCS = Path(__file__).resolve().parent.parent / "docs" / "images"
#: name → (width, height) in CSS pixels
SHOTS = {
    "phone": (390, {"one": 600, "several": 1680, "forty": 1700}),
    "desktop": (800, {"one": 550, "several": 1580, "forty": 1400}),
}
MAILS = {
    "one": samples.batch(samples.platform_manager(), total=1),
    "several": samples.batch(*samples.several(), total=4, more=3, heading="Morning digest"),
    "forty": samples.batch(*samples.several() * 10, total=40, heading="Morning digest"),
}


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    for name, batch in MAILS.items():
        html = email.render(batch).html or ""
        if folder != DOCS:
            (folder / f"mail-{name}.html").write_text(html, "utf-8")
        if browser:
            for width_name, (width, heights) in SHOTS.items():
                for dark in (False, True):
                    out = folder / f"mail-{name}-{width_name}-{'dark' if dark else 'light'}.png"
                    shoot(browser, html, out, width, heights[name], dark=dark, scale=2 if name == "one" else 1)
                    print(f"{out.name}: {out.stat().st_size / 1024:.0f} KB")
    if not browser:
        print("no Chromium on the PATH: pages written, no pictures taken", file=sys.stderr)
    return 0


def shoot(browser: str, html: str, out: Path, width: int, height: int, *, dark: bool, scale: int = 1) -> None:
    """One picture. A frame of the wanted width stands in a wider window: Chromium has a least width of its own."""
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "mail.html"
        page.write_text(html, "utf-8")
        command = [
            browser,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--force-device-scale-factor={scale}",
        ]
        command += [
            f"--user-data-dir={place}/profile",
            f"--window-size={max(width, 500)},{height}",
            f"--screenshot={out.resolve()}",
        ]
        if dark:
            command += ["--blink-settings=preferredColorScheme=0"]
        if width < 500:
            frame = Path(place) / "frame.html"
            frame.write_text(
                f'<body style="margin:0"><iframe src="mail.html" style="border:0;width:{width}px;height:{height}px"></iframe>',
                "utf-8",
            )
            page = frame
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=90)
        if width < 500:
            crop(out, width * scale)


def crop(picture: Path, width: int) -> None:
    """The left ``width`` columns, where Pillow is there; else the picture stays wider."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as whole:
        whole.crop((0, 0, width, whole.height)).save(picture, optimize=True)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS))
