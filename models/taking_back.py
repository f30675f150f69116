"""Take an import back, as long as nobody built on it: what it made goes, what it changed and removed is as it was."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from models.built_on import Standing, look, model_of, what_stands_in_the_way
from models.errors import RecordError
from models.touched import Touched


class BuiltOnError(RecordError):
    """Somebody built on the import; the message names what and how."""


def take_back(session: Session, touched: Sequence[Touched]) -> None:
    """Make every row what it was, in the caller's transaction. BuiltOnError where somebody built on it."""
    in_the_way = what_stands_in_the_way(session, touched)
    if in_the_way:
        raise BuiltOnError(in_the_way)
    now = look(session, touched)
    try:
        with session.begin_nested():
            _restore(session, now)
    except IntegrityError as problem:
        message = "この取り込みのあとで、同じところに別の記録が加わったので、取り消せません。"
        raise BuiltOnError(message) from problem


def _restore(session: Session, now: Standing) -> None:
    """Children first, so that nothing ever refers to what is gone; what the import removed comes last, parents first."""
    tables = [table.name for table in SQLModel.metadata.sorted_tables]
    here: dict[str, list[Touched]] = {}
    for one in now.touched.values():
        here.setdefault(one.table, []).append(one)
    for table in reversed(tables):
        for one in here.get(table, ()):
            if one.made:
                session.delete(now.rows[table, one.key])
        session.flush()
        for one in here.get(table, ()):
            if one.before and not one.gone:
                row = now.rows[table, one.key]
                for name, value in one.before.items():
                    setattr(row, name, value)
                session.add(row)
        session.flush()
    for table in tables:
        for one in here.get(table, ()):
            if one.before is not None and one.gone:
                session.add(model_of(table)(**one.before))
        session.flush()
