"""The sample is there whole or not at all, and nobody takes it for a real town."""

from __future__ import annotations

from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from sqlmodel import select

from models.account import Account
from models.database import make_engine
from models.migrate import upgrade
from models.municipality import Municipality
from models.scope import EVERYWHERE, open_session
from seed import samples
from seed.municipal_settings import add_municipality
from tests.conftest import AT, ON
from tests.processes import AT_ONCE, LONGEST, in_a_process, kill_at_statement, killed
from web import first_start
from web.cli import main, running
from web.first_start import SAMPLE_ACCOUNTS, SAMPLE_PHRASE, fill_if_empty

SAMPLE = ("atsuma",)


@pytest.fixture(autouse=True)
def one_of_the_five(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same way for one town as for five, in less time."""
    only_one_town(monkeypatch)


def only_one_town(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = [town for town in samples.sample_settings() if town["key"] in SAMPLE]
    monkeypatch.setattr(samples, "sample_settings", lambda: settings)


def count(url: str) -> dict[str, int]:
    engine = make_engine(url)
    with engine.connect() as connection:
        rows = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("municipality", "account", "opportunity", "participant")
        }
    engine.dispose()
    return rows


def fill(url: str) -> list[str]:
    engine = make_engine(url)
    told = list(fill_if_empty(engine, at=AT, on=ON))
    engine.dispose()
    return told


def fill_until_statement(url: str, number: int) -> None:
    with pytest.MonkeyPatch.context() as here:
        only_one_town(here)
        engine = make_engine(url)
        kill_at_statement(engine, number)
        list(fill_if_empty(engine, at=AT, on=ON))


def fill_at_once(url: str, gate: Barrier) -> None:
    with pytest.MonkeyPatch.context() as here:
        only_one_town(here)
        gate.wait(LONGEST)
        fill(url)


def test_filling_that_is_killed_anywhere_leaves_nothing_and_is_mended_by_the_next_start(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine)
    engine.dispose()
    for number in (3, 12, 60, 110):
        assert killed(in_a_process(fill_until_statement, empty_url, number)), number
        assert set(count(empty_url).values()) == {0}, number
    gate = AT_ONCE.Barrier(2)
    children = [in_a_process(fill_at_once, empty_url, gate) for _ in range(2)]
    assert sum(killed(child) for child in children) == 0
    after = count(empty_url)
    assert after["municipality"] == len(SAMPLE)
    assert after["account"] == len(SAMPLE) * len(SAMPLE_ACCOUNTS)
    assert after["opportunity"] > 5
    assert after["participant"] > 2


def test_a_real_town_is_never_told_a_sample_password(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine)
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        add_municipality(session, {"key": "real", "code": "31202", "name": "ほんとう市"})
        session.commit()
    told = "\n".join(fill_if_empty(engine, at=AT, on=ON))
    assert SAMPLE_PHRASE not in told
    assert "ほんとう市" not in told
    assert count(empty_url)["municipality"] == 1
    engine.dispose()


def test_beside_a_real_town_only_the_sample_ones_are_told(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine)
    list(fill_if_empty(engine, at=AT, on=ON))
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        add_municipality(session, {"key": "real", "code": "31202", "name": "ほんとう市"})
        # A sample town of a version that had no marks yet is known by its accounts.
        old = session.exec(select(Municipality).where(Municipality.key == "atsuma")).one()
        old.settings = {}
        session.commit()
        told = {row.login for row in session.exec(select(Account)).all()}
    again = "\n".join(fill_if_empty(engine, at=AT, on=ON))
    assert "ほんとう市" not in again
    assert all(login in again for login in told)
    engine.dispose()


def test_production_takes_neither_the_sample_nor_a_database_that_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'e.db'}"
    given = {
        "ENGAWA_DATABASE_URL": url,
        "ENGAWA_ENVIRONMENT": "Production",
        "ENGAWA_SECRET_KEY": "Zr3x-8kQm_0uWc5yTqLh7NpVbA2dEsJf",
        "ENGAWA_HOSTS": "engawa.example.lg.jp",
        "ENGAWA_TRUSTED_PROXIES": "1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(first_start, "DATA_FOLDER", tmp_path / "kept")
    monkeypatch.setattr(running, "_refuse_taken_port", lambda *_: None)

    def serve(*words: str) -> Result:
        return CliRunner().invoke(main, ["serve", *words])

    refused = serve("--sample")
    assert refused.exit_code == 1
    assert "--sample" in refused.output
    assert not (tmp_path / "e.db").exists()
    engine = make_engine(url)
    upgrade(engine)
    list(fill_if_empty(engine, at=AT, on=ON))
    engine.dispose()
    refused = serve()
    assert refused.exit_code == 1
    assert "厚真町" in refused.output
    assert SAMPLE_PHRASE not in refused.output
