"""One rule, one file, one test module of the same name: and no test module without its rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.rules.kinds import Constraint, Criterion, constraints, criteria

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["constraints", "criteria"])
def test_every_rule_has_its_own_test_module_and_no_other_module_stands_there(folder: str) -> None:
    rules = {path.stem for path in (ROOT / "matching" / "rules" / folder).glob("*.py")} - {"__init__"}
    tests = {
        path.stem.removeprefix("test_") for path in (ROOT / "tests" / "matching" / "rules" / folder).glob("test_*.py")
    }
    assert rules
    assert rules == tests


@pytest.mark.parametrize("rule", [*constraints(), *criteria()], ids=lambda rule: rule.code)
def test_a_rule_is_called_as_its_file(rule: Constraint | Criterion) -> None:
    assert rule.code == type(rule).__module__.rpartition(".")[2]
