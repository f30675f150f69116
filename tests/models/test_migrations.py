"""The migrations make exactly the tables that the code knows, and can be taken back."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine

from models.migrate import alembic_config, upgrade


def test_the_migrated_database_has_no_difference_to_the_tables(engine: Engine) -> None:
    command.check(alembic_config(engine))


def test_down_and_up_again(engine: Engine) -> None:
    command.downgrade(alembic_config(engine), "base")
    upgrade(engine)
    upgrade(engine)
    command.check(alembic_config(engine))
