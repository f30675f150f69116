"""One rule, one file, one test module of the same name: and no test module without its rule."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["constraints", "criteria"])
def test_every_rule_has_its_own_test_module_and_no_other_module_stands_there(folder: str) -> None:
    rules = {path.stem for path in (ROOT / "matching" / folder).glob("*.py")} - {"__init__"}
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "matching" / folder).glob("test_*.py")}
    assert rules == tests
