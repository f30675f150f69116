"""One municipality at a time (市町村の区切り): every query is scoped by the session, not by whoever writes the query.

A session is opened for one municipality. An event adds the condition to every ORM statement, another checks every row
that is written. A session opened without a municipality refuses municipal tables; only sign-in and maintenance open
one with EVERYWHERE. Statements that go round the ORM are refused for municipal tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Engine, event, insert
from sqlalchemy.orm import ORMExecuteState, SessionTransaction, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import Session, SQLModel

from models.base import MunicipalRecord
from models.council import CouncilNote
from models.errors import RecordError
from models.revision_log import note, note_many
from models.tables import Municipality


class Everywhere(Enum):
    """The scope of sign-in and maintenance alone."""

    EVERYWHERE = "everywhere"


EVERYWHERE: Final = Everywhere.EVERYWHERE
_SCOPE, _COUNCIL, _EDITED = "engawa_scope", "engawa_council_member", "engawa_edited_catalogue"
_OUTSIDE = "この市町村の記録ではありません"
_AT_ONCE = 1_000


def open_session(
    engine: Engine | Connection, *, municipality_id: UUID | Everywhere, council_member: bool = False
) -> Session:
    """A session that sees one municipality. Nobody but a member's session reads the council's notes.

    On a connection that is in a transaction already it takes part in that one, whose owner commits.
    """
    session = Session(engine, expire_on_commit=False)
    session.info[_SCOPE] = municipality_id
    session.info[_COUNCIL] = council_member
    event.listen(session, "do_orm_execute", _scope_statement)
    event.listen(session, "before_flush", _check_rows)
    event.listen(session, "after_transaction_end", _end_edits)
    return session


def scope_of(session: Session) -> UUID:
    """The municipality of this session; RecordError where it has none."""
    scope = session.info.get(_SCOPE)
    if not isinstance(scope, UUID):
        message = "市町村を決めずに、その記録を扱うことはできません"
        raise RecordError(message)
    return scope


def _municipal_tables(statement: Any) -> frozenset[str]:
    """Those that the statement names anywhere: aliases, subqueries and common table expressions included."""
    names = _with_a_municipality(len(SQLModel.metadata.tables))
    return frozenset(names[element] for element in visitors.iterate(statement) if element in names)


@lru_cache(maxsize=1)
def _with_a_municipality(_known: int) -> dict[Any, str]:
    return {table: table.name for table in SQLModel.metadata.tables.values() if "municipality_id" in table.c}


def _scope_statement(state: ORMExecuteState) -> None:
    scope = state.session.info.get(_SCOPE)
    named = _municipal_tables(state.statement)
    if CouncilNote.__tablename__ in named and not state.session.info.get(_COUNCIL):
        message = "支援会議限りの記録は、構成員だけが見られます"
        raise RecordError(message)
    if scope is EVERYWHERE:
        return
    if not named and not state.is_orm_statement:
        return
    if named and not state.is_orm_statement:
        message = "市町村の記録は、区切りを通して扱います"
        raise RecordError(message)
    if not isinstance(scope, UUID):
        if named:
            message = "市町村を決めずに、その記録を扱うことはできません"
            raise RecordError(message)
        return
    state.statement = state.statement.options(*_criteria(scope, named))


@lru_cache(maxsize=1024)
def _criteria(scope: UUID, named: frozenset[str]) -> tuple[ExecutableOption, ...]:
    """The condition for every municipal table that is named. Rows lead to no others: records hold keys, not records."""
    municipal: list[Any] = [mapper.class_ for mapper in MunicipalRecord._sa_registry.mappers]
    return (
        with_loader_criteria(Municipality, Municipality.id == scope, include_aliases=True),  # type: ignore[arg-type]
        *(
            with_loader_criteria(table, table.municipality_id == scope, include_aliases=True)
            for table in municipal
            if issubclass(table, MunicipalRecord) and table.__tablename__ in named
        ),
    )


def _check_rows(session: Session, _: object, __: object) -> None:
    scope = session.info.get(_SCOPE)
    written = [*session.new, *filter(session.is_modified, session.dirty), *session.deleted]
    for row in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(row, MunicipalRecord):
            continue
        if isinstance(row, CouncilNote) and not session.info.get(_COUNCIL):
            message = "支援会議限りの記録は、構成員だけが書けます"
            raise RecordError(message)
        if isinstance(scope, UUID):
            owner: UUID | None = row.municipality_id
            if owner is None and row in session.new:
                row.municipality_id = scope
            elif owner != scope:
                raise RecordError(_OUTSIDE)
        elif scope is not EVERYWHERE:
            raise RecordError(_OUTSIDE)
    if isinstance(scope, UUID) and note(session, scope, written):
        session.info[_EDITED] = True


def add_rows(session: Session, table: type[MunicipalRecord], rows: Sequence[Mapping[str, Any]]) -> None:
    """Many new rows at once, without an object for each: of this municipality, and noted, like any other.

    All rows name the same columns, their keys among them; what they refer to is written before them. What waits in
    the session goes on waiting: it may refer to these rows.
    """
    scope = scope_of(session)
    if issubclass(table, CouncilNote):
        message = "支援会議限りの記録は、まとめて書けません"
        raise RecordError(message)
    with session.no_autoflush:
        if note_many(session, scope, table, rows):
            session.info[_EDITED] = True
        for first in range(0, len(rows), _AT_ONCE):
            own = [{**row, "municipality_id": scope} for row in rows[first : first + _AT_ONCE]]
            session.execute(insert(table), own)


def edits_catalogue(session: Session) -> bool:
    """Whether this session sees edits of the catalogue that nobody else sees yet."""
    return _EDITED in session.info


def _end_edits(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_EDITED, None)
