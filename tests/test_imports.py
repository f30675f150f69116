"""The rules of the house on who may import whom hold, and each would be noticed if it broke."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BREAKS = {
    "web → seed → models → matching, never back": ("matching/engine.py", "import models"),
    "Rooms of the engine stand one upon the other": ("matching/inputs/facts.py", "import matching.pool.building"),
    "Rules stand beside one another and share what is in shared": (
        *("matching/rules/constraints/age.py", "import matching.rules.criteria.needs"),
    ),
    "The engine knows no clock, database or network": ("matching/engine.py", "import sqlite3"),
    "Records know no web framework": ("models/site.py", "import flask"),
    "Council-only notes reach neither matching, search, export nor pages of proposals": (
        *("seed/rows.py", "import models.council"),
    ),
}


def test_every_contract_has_its_breach() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]} == BREAKS.keys()


@pytest.mark.parametrize("contract", BREAKS)
def test_a_breach_of_the_contract_is_noticed(contract: str, tmp_path: Path) -> None:
    for name in ("matching", "models", "seed", "web"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("static", "templates", "sample", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    module, breach = BREAKS[contract]
    with (tmp_path / module).open("a", encoding="utf-8") as written:
        written.write(f"\n{breach}\n")
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tmp_path), "COLUMNS": "300"},
        check=False,
    )
    assert done.returncode != 0
    told = " ".join(done.stdout.split())
    assert f"{contract} BROKEN" in told or f"{contract}BROKEN" in told
    assert told.count("BROKEN") == 1
