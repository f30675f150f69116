"""Copy exactly the browser files we serve from node_modules to web/static/vendor.

Run by `make setup` with any Python 3.11, so it uses the standard library only.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = PROJECT / "node_modules"
VENDOR = PROJECT / "web" / "static" / "vendor"

# package file -> name under vendor/. Licences travel with what they cover.
FILES = {
    "@digital-go-jp/design-tokens/dist/tokens.css": "tokens.css",
    "@digital-go-jp/design-tokens/LICENSE": "licences/design-tokens.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "licences/htmx.txt",
    "leaflet/dist/leaflet.js": "leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet.css",
    "leaflet/LICENSE": "licences/leaflet.txt",
    "@fontsource/biz-udpgothic/LICENSE": "licences/biz-udpgothic.txt",
}
FONT = "@fontsource/biz-udpgothic"
FONT_WEIGHTS = ("400", "700")
# Old browsers' second format; every browser that runs these pages reads woff2.
WOFF_SOURCE = re.compile(r",\s*url\([^)]*\.woff\)\s*format\('woff'\)")
FONT_FILE = re.compile(r"url\(\./files/([^)]+\.woff2)\)")
# Leaflet's pictures serve markers and layer switches that we do not use; a dead address would only cost a 404.
PICTURE_RULE = re.compile(r"^\s*background-image:\s*url\(images/[^)]*\);\s*$", re.MULTILINE)
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*$")


def font_css(weight: str) -> tuple[str, list[str]]:
    """The style sheet of one weight, and the names of the font files it asks for."""
    text = WOFF_SOURCE.sub("", (PACKAGES / FONT / f"{weight}.css").read_text(encoding="utf-8"))
    return text, FONT_FILE.findall(text)


def copy_all(vendor: Path = VENDOR) -> int:
    """Build the vendor folder anew; returns the number of files. FileNotFoundError names what npm did not bring."""
    shutil.rmtree(vendor, ignore_errors=True)
    count = 0
    for source, target in FILES.items():
        path = vendor / target
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".css":
            path.write_text(PICTURE_RULE.sub("", (PACKAGES / source).read_text(encoding="utf-8")), encoding="utf-8")
        elif path.suffix == ".js":
            path.write_text(SOURCE_MAP.sub("", (PACKAGES / source).read_text(encoding="utf-8")), encoding="utf-8")
        else:
            shutil.copyfile(PACKAGES / source, path)
        count += 1
    fonts = vendor / "fonts"
    (fonts / "files").mkdir(parents=True)
    for weight in FONT_WEIGHTS:
        text, names = font_css(weight)
        (fonts / f"{weight}.css").write_text(text, encoding="utf-8")
        for name in names:
            shutil.copyfile(PACKAGES / FONT / "files" / name, fonts / "files" / name)
        count += 1 + len(names)
    return count


if __name__ == "__main__":
    try:
        copied = copy_all()
    except FileNotFoundError as problem:
        sys.exit(f"{problem.filename} がありません。先に npm ci を実行してください。")
    sys.stdout.write(f"ブラウザ用のファイルを {copied} 個そろえました。\n")
