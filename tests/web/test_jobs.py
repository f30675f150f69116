"""The clock's work is done, and does no harm when it is done twice."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.account import Account
from models.database import make_engine
from models.importing import ImportBatch
from models.scope import EVERYWHERE, open_session
from models.signing_in import KnownDevice, SignInAttempt, SignInSession
from tests.conftest import AT
from tests.web.conftest import FrozenClock, Town
from tests.web.serving import serving, wait_until
from web.jobs import _tidy_or_say, tidy
from web.services.import_states import DROPPED, WAITING
from web.services.imports import KEEP_FILES
from web.worker import _without_content


def test_files_nobody_decided_on_are_forgotten_and_the_others_stay(engine: Engine, empty_town: Town) -> None:
    old, young = AT - KEEP_FILES - timedelta(hours=1), AT - timedelta(days=1)
    with open_session(engine, municipality_id=empty_town.id) as session:
        somebody = session.exec(select(Account.id)).first()
        for name, at in (("old.json", old), ("young.json", young)):
            session.add(
                ImportBatch(
                    file_name=name,
                    kind="catalogue",
                    content=b"{}",
                    state=WAITING,
                    uploaded_by=somebody,
                    uploaded_at=at,
                )
            )
        session.commit()
    for _ in range(2):
        tidy(engine, FrozenClock(AT))
    with open_session(engine, municipality_id=empty_town.id) as session:
        kept = {row.file_name: (row.state, row.content) for row in session.exec(select(ImportBatch)).all()}
    assert kept == {"old.json": (DROPPED, None), "young.json": (WAITING, b"{}")}


def test_attempts_to_sign_in_are_forgotten_after_their_time(engine: Engine, empty_town: Town) -> None:
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        for days in (0, 400):
            at = AT - timedelta(days=days)
            session.add(SignInAttempt(login=f"a{days}", address="192.0.2.1", counted_on="elsewhere", at=at, ok=True))
        session.commit()
    tidy(engine, FrozenClock(AT))
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        assert [row.login for row in session.exec(select(SignInAttempt)).all()] == ["a0"]


def test_sessions_and_devices_of_old_are_forgotten_and_the_others_stay(engine: Engine, empty_town: Town) -> None:
    with open_session(engine, municipality_id=empty_town.id) as session:
        account = session.exec(select(Account)).first()
        assert account is not None
        for days in (0, 8, 200):
            at, key = AT - timedelta(days=days), f"{days} days old"
            session.add(
                SignInSession(account_id=account.id, key_hash=key, device="Mac の Safari", started_at=at, seen_at=at)
            )
            session.add(KnownDevice(account_id=account.id, key_hash=key, used_at=at))
        session.commit()
    tidy(engine, FrozenClock(AT))
    with open_session(engine, municipality_id=empty_town.id) as session:
        assert [row.key_hash for row in session.exec(select(SignInSession)).all()] == ["0 days old"]
        assert {row.key_hash for row in session.exec(select(KnownDevice)).all()} == {"0 days old", "8 days old"}


def test_a_database_that_is_away_ends_nothing_and_no_row_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    gone = make_engine("postgresql://engawa:geheim@127.0.0.1:1/none")
    _tidy_or_say(gone, FrozenClock(AT))
    assert "OperationalError" in caplog.text
    assert "geheim" not in caplog.text
    assert "Traceback" not in caplog.text


def test_the_server_logs_the_kind_and_the_place_of_a_fault_and_no_address(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("waitress")
    logger.addFilter(_without_content)
    try:
        logger.info("Client disconnected while serving /people/奥州はやと")
        try:
            raise ValueError("奥州はやと")
        except ValueError:
            logger.exception("Exception while serving /people/奥州はやと")
    finally:
        logger.removeFilter(_without_content)
    assert "はやと" not in caplog.text
    assert "ValueError at" in caplog.text


def test_a_web_process_that_is_killed_leaves_no_jobs_process_behind(tmp_path: Path) -> None:
    with serving(tmp_path, f"sqlite:///{tmp_path}/e.db", "--workers", "1") as running:
        wait_until(lambda: len(running.children("jobs")) == 1, "no jobs process", 30)
        children = running.children()
        running.process.kill()
        wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), "somebody is left", 30)
