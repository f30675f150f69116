"""The house rule web → seed → models → matching holds, and would be noticed if it broke."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_contract_breaks_when_the_engine_knows_a_database(tmp_path: Path) -> None:
    for name in ("matching", "models", "seed", "web"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "matching" / "broken.py").write_text("import models\n", encoding="utf-8")
    for name in ("snapshots", "participants", "catalogue", "proposal", "council"):
        (tmp_path / "models" / f"{name}.py").write_text("", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [lint], cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path)}, check=False
    )
    assert done.returncode != 0
    assert "never back BROKEN" in done.stdout
