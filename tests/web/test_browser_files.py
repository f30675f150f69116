"""Exactly the browser files we serve are brought in, and they ask for nothing that is not there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from web import browser_files
from web.assets import content_hash


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static") / "vendor"
    browser_files.copy_all(folder)
    return folder


def test_every_file_a_style_sheet_names_is_there(vendor: Path) -> None:
    sheets = list(vendor.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        for target in re.findall(r"url\(([^)]+)\)", sheet.read_text(encoding="utf-8")):
            name = target.strip("'\"")
            if not name.startswith(("data:", "#")):
                assert (sheet.parent / name).is_file(), (sheet.name, name)


def test_nothing_points_outside(vendor: Path) -> None:
    for sheet in vendor.rglob("*.css"):
        assert not re.search(r"(@import|url\(\s*['\"]?(https?:)?//)", sheet.read_text(encoding="utf-8")), sheet.name
    for script in vendor.rglob("*.js"):
        assert "sourceMappingURL" not in script.read_text(encoding="utf-8")


def test_licences_travel_with_what_they_cover(vendor: Path) -> None:
    assert {path.stem for path in (vendor / "licences").iterdir()} == {
        "design-tokens",
        "htmx",
        "leaflet",
        "biz-udpgothic",
    }


def test_it_needs_the_standard_library_only() -> None:
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({browser_files.__file__!r}, run_name='x')"],
        capture_output=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr.decode()


def test_a_package_that_npm_did_not_bring_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_files, "PACKAGES", tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match=r"tokens\.css"):
        browser_files.copy_all(tmp_path / "vendor")


def test_the_address_of_static_files_changes_with_any_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a", encoding="utf-8")
    before = content_hash(tmp_path)
    (tmp_path / "a.css").write_text("b", encoding="utf-8")
    assert content_hash(tmp_path) != before
