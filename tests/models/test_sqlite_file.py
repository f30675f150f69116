"""An embedded database is the file that lies there, not one that has gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models.database import make_engine


def test_a_file_put_in_its_place_is_opened_anew_and_none_is_made_where_it_is_gone(tmp_path: Path) -> None:
    here, other = tmp_path / "e.db", tmp_path / "other.db"
    engine, another = (make_engine(f"sqlite:///{path}") for path in (here, other))
    for one, name in ((engine, "ours"), (another, "theirs")):
        with one.begin() as connection:
            connection.execute(text("CREATE TABLE t AS SELECT :name AS name"), {"name": name})
    another.dispose()  # the last to leave puts all into the one file
    for file in (here, Path(f"{here}-wal"), Path(f"{here}-shm")):
        file.unlink()
    for _ in range(2):
        with pytest.raises(OperationalError), engine.connect():
            pass
        engine.dispose()
        assert not here.exists()
    other.rename(here)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM t")).scalar_one() == "theirs"
    engine.dispose()
