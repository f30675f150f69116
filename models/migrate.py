"""Bring a database to the newest schema, from Python; the tables are never made any other way."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from models.errors import RecordError

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabaseError(RecordError):
    """A later version has migrated this database; this one would not understand it."""


def alembic_config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def revision_of(connection: Connection) -> str | None:
    """The revision that the database stands at; None when it has never been migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known_revision(revision: str) -> bool:
    """Whether this version knows how to go on from there."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return revision in {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply every migration that is missing, all of them or none; running it again does nothing, and waits for nobody.

    Raises NewerDatabaseError for a database of a later version.
    """
    config = alembic_config(engine)
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        kept = revision_of(connection)
    if kept is not None and not is_known_revision(kept):
        message = "このデータベースは、もっと新しい版のえんがわのものです。新しい版で動かしてください。"
        raise NewerDatabaseError(message)
    if kept != scripts.get_current_head() or revision != "head":
        command.upgrade(config, revision)
