"""While an import is applied, every row that its session touches is noted, however it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlmodel import Session, SQLModel

from models.base import Record
from models.built_on import NAMED_BY_FILES, used_by_file_id
from models.errors import RecordError
from models.scope import scope_of
from models.touched import Touched, Values, columns_of, pack, seal_of

_RECORDING = "engawa_recording"
OUR_OWN = frozenset({"catalogue_change", "import_batch", "import_journal", "kept_catalogue", "kept_timetable"})
"""Tables that note and keep: they tell of the import, they are none of its work."""


@dataclass
class _Row:
    """One row so far. `before` of a changed row holds the changed columns, of one that is gone all of them."""

    made: bool
    gone: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


class Recording:
    """The rows of one import, each once: what it was before the first touch and is after the last."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, UUID], _Row] = {}

    def inserted(self, table: str, values: Values) -> None:
        """A whole row. What is not told is the column's default."""
        # What is NULL needs no place: most columns of most rows are.
        whole = {name: value for name, value in {**_defaults(table), **values}.items() if value is not None}
        known = self._rows.get((table, whole["id"]))
        if known is None:
            self._rows[table, whole["id"]] = _Row(made=True, after=whole)
        else:
            known.gone, known.after = False, whole

    def changed(self, table: str, key: UUID, before: Values, after: Values) -> None:
        row = self._rows.setdefault((table, key), _Row(made=False))
        row.before = {**before, **row.before}
        row.after.update(after)

    def deleted(self, table: str, key: UUID, before: Values) -> None:
        row = self._rows.setdefault((table, key), _Row(made=False))
        if row.made:
            del self._rows[table, key]
        else:
            row.before = {**before, **row.before}
            row.after, row.gone = {}, True

    def found(self, table: str, key: UUID, name: str, value: str) -> None:
        """A row that named something before it was there."""
        known = self._rows.get((table, key))
        if known is None:
            self._rows[table, key] = _Row(made=False)
        elif not known.made and not known.gone:
            known.before.setdefault(name, value)
            known.after.setdefault(name, value)

    def made_refs(self) -> dict[str, list[str]]:
        """What was made, by table and the id of its file."""
        refs: dict[str, list[str]] = {}
        for (table, _), row in self._rows.items():
            if row.made and table in NAMED_BY_FILES:
                refs.setdefault(table, []).append(row.after["ref"])
        return refs

    def rows(self) -> list[Touched]:
        return [
            Touched(
                table,
                key,
                None if row.made else row.before,
                None if row.gone else seal_of(table, row.after if row.made else _only(row.after, row.before)),
            )
            for (table, key), row in self._rows.items()
        ]

    def packed(self) -> bytes:
        return pack(self.rows())


def _only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values.get(name) for name in names}


@cache
def _defaults(table: str) -> Mapping[str, Any]:
    """What stands in a column that nobody fills."""
    return {
        name: column.default.arg
        for name, column in columns_of(table).items()
        if isinstance(column.default, ScalarElementColumnDefault)
    }


def note_inserted(session: Session, table: type[Record], rows: Iterable[Mapping[str, Any]]) -> None:
    """For whoever writes rows round the session (bulk inserts): each with its id. Does nothing where nobody records."""
    recording: Recording | None = session.info.get(_RECORDING)
    if recording is not None:
        for row in rows:
            recording.inserted(_table(table), {"municipality_id": scope_of(session), **row})


@contextmanager
def recording(session: Session) -> Iterator[Recording]:
    """Note everything that this session writes in the block; what waits to be written is written at its end."""
    session.flush()
    noted = Recording()

    def before_flush(session: Session, *_: object) -> None:
        for row in session.dirty:
            _look_up_unseen(session, row)

    def after_flush(session: Session, _: object) -> None:
        for row in session.new:
            if (table := _table(type(row))) not in OUR_OWN:
                noted.inserted(table, _values(row, table))
        for row in session.dirty:
            if (table := _table(type(row))) not in OUR_OWN and (before := _before(row, table)):
                noted.changed(table, row.id, before, {name: getattr(row, name) for name in before})
        for row in session.deleted:
            if (table := _table(type(row))) not in OUR_OWN:
                noted.deleted(table, row.id, {**_values(row, table), **_before(row, table)})

    def on_execute(state: ORMExecuteState) -> None:
        _note_statement(state, noted)

    listening = (("before_flush", before_flush), ("after_flush", after_flush), ("do_orm_execute", on_execute))
    for name, listener in listening:
        event.listen(session, name, listener)
    session.info[_RECORDING] = noted
    try:
        yield noted
        session.flush()
        for use in used_by_file_id(session, noted.made_refs()):
            noted.found(use.using, use.key, use.column, use.ref)
    finally:
        del session.info[_RECORDING]
        for name, listener in listening:
            event.remove(session, name, listener)


def _table(model: type[Any]) -> str:
    return str(model.__tablename__)


def _values(row: Any, table: str) -> dict[str, Any]:
    """All of a row that is loaded; what was never set stands there as its default."""
    stored = row.__dict__
    return {name: stored[name] if name in stored else getattr(row, name) for name in columns_of(table)}


def _before(row: SQLModel, table: str) -> dict[str, Any]:
    """What each changed column was."""
    attributes = inspect(row).attrs
    return {
        name: history.deleted[0]
        for name in columns_of(table)
        if (history := attributes[name].history).has_changes() and history.deleted
    }


def _look_up_unseen(session: Session, row: Any) -> None:
    """A column that was written over before anybody read it: read what it was, for the session and for the record."""
    attributes = inspect(row).attrs
    table = _table(type(row))
    unseen = [
        name
        for name in columns_of(table)
        if (history := attributes[name].history).has_changes() and not history.deleted
    ]
    if not unseen or table in OUR_OWN:
        return
    columns = SQLModel.metadata.tables[table].c
    stored = (
        session.connection()
        .execute(select(*(columns[name] for name in unseen)).where(columns.id == row.id))
        .mappings()
        .one()
    )
    inspect(row).committed_state.update(stored)


def _note_statement(state: ORMExecuteState, noted: Recording) -> None:
    """Statements on many rows at once: inserts and deletes can be followed, others would leave the record blind."""
    mapper = state.bind_mapper
    if mapper is None or not (state.is_insert or state.is_update or state.is_delete):
        return
    model: type[Any] = mapper.class_
    table = _table(model)
    if table in OUR_OWN or (state.is_update and table == "municipality"):
        return
    if state.is_delete:
        gone = state.session.scalars(select(model).where(*state.statement._where_criteria)).all()  # type: ignore[attr-defined]
        for row in gone:
            noted.deleted(table, row.id, _values(row, table))
        return
    told = state.parameters
    rows = [told] if isinstance(told, Mapping) else list(told or ())
    if not state.is_insert or not rows or not all("id" in row for row in rows):
        message = "この書き方では、取り込みの控えが残せません"
        raise RecordError(message)
    scope = {"municipality_id": scope_of(cast(Session, state.session))}
    for one in rows:
        noted.inserted(table, one if "municipality_id" in one else {**scope, **one})
