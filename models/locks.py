"""Two at once: whoever changes something takes its lock first and reads afterwards, so that the second sees the first.

The order is always the same, so that nobody waits in a circle: the import, the municipality, its people.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from models.failures import Failure, SomebodyWritingError, failure_of
from models.importing import ImportBatch
from models.municipality import Municipality
from models.participant import Participant

TRIES = 2
SOMEBODY_WRITES = "いま、ほかの人が書き込んでいます。"


def take_write_lock(session: Session) -> None:
    """SQLite has one writer: begin as that one, waiting for whoever writes now. Nothing may have been read yet.

    Reading first and writing later would fail when somebody else has written in between. SQLite waits as long as
    `busy_timeout` says; one more try, then SomebodyWritingError. PostgreSQL locks rows instead: see below.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    connection.exec_driver_sql("ROLLBACK")
    for tries_left in reversed(range(TRIES)):
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as problem:
            if failure_of(problem) is not Failure.BUSY:
                raise
            if not tries_left:
                raise SomebodyWritingError(SOMEBODY_WRITES) from problem


def read_one_moment(session: Session) -> None:
    """All that is read comes from the moment of the first look, as SQLite has it anyway. Nothing may have been read yet."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def lock_import(session: Session, batch_id: UUID) -> None:
    """Nobody else decides on the import until this transaction ends; where there is none, nothing."""
    session.exec(select(ImportBatch.id).where(ImportBatch.id == batch_id).with_for_update(key_share=True)).all()


def lock_catalogue(session: Session) -> None:
    """Everything the municipality's files may change, but people. Reading, signing in and asking go on."""
    session.exec(select(Municipality.id).with_for_update(key_share=True)).all()


def hold_catalogue(session: Session) -> None:
    """No file changes the catalogue while it is read for an answer that is kept; many may hold it at once."""
    session.exec(select(Municipality.id).with_for_update(read=True)).all()


def lock_people(session: Session) -> None:
    """Everybody of the municipality."""
    session.exec(select(Participant.id).order_by(col(Participant.id)).with_for_update(key_share=True)).all()


def lock_person(session: Session, participant_id: UUID) -> None:
    """One person: what is known of them changes, or somebody asks for proposals. Where there is nobody, nothing."""
    session.exec(select(Participant.id).where(Participant.id == participant_id).with_for_update(key_share=True)).all()


def lock_towns(session: Session) -> None:
    """The towns of the whole installation are replaced by one at a time; reading them goes on."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql("LOCK TABLE town IN SHARE ROW EXCLUSIVE MODE")
