"""The migrations make exactly the tables that the code knows, and can be taken back."""

from __future__ import annotations

from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import Session

from models.migrate import alembic_config, upgrade
from models.tables import Account, AccountRole, Assessment, Consent, HouseholdMember, Participant, Placement
from tests.conftest import AT, ON


def test_the_migrated_database_has_no_difference_to_the_tables(engine: Engine) -> None:
    command.check(alembic_config(engine))


def test_down_and_up_again(engine: Engine) -> None:
    command.downgrade(alembic_config(engine), "base")
    upgrade(engine)
    upgrade(engine)
    command.check(alembic_config(engine))


HANG_ON_SOMETHING = ("assessment", "consent", "household_member", "placement", "account_role")


def test_what_hangs_on_a_table_that_is_made_anew_stays(engine: Engine, session: Session) -> None:
    person = Participant(ref="p-1", display_name="はやとさん", waiting_since=ON)
    account = Account(login="co", display_name="職員", password_hash="x", created_at=AT)
    session.add_all([person, account])
    session.flush()
    session.add_all(
        [
            Assessment(participant_id=person.id, version=1, recorded_at=AT),
            Consent(participant_id=person.id, position=0, kind="A", given_on=ON),
            HouseholdMember(participant_id=person.id, position=0),
            Placement(participant_id=person.id, position=0, opportunity_ref="opp-1", state="active"),
            AccountRole(account_id=account.id, role="CO"),
        ]
    )
    session.commit()
    session.close()
    before = [rows(engine, table) for table in HANG_ON_SOMETHING]
    command.downgrade(alembic_config(engine), "0001")
    assert [rows(engine, table) for table in HANG_ON_SOMETHING] == before == [1] * len(HANG_ON_SOMETHING)
    upgrade(engine)
    assert [rows(engine, table) for table in HANG_ON_SOMETHING] == before
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
