"""The clock's work is done, and does no harm when it is done twice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

from sqlalchemy import Engine
from sqlmodel import select

from models.account import Account
from models.importing import ImportBatch
from models.scope import EVERYWHERE, open_session
from models.signing_in import KnownDevice, SignInAttempt, SignInSession
from tests.conftest import AT
from tests.web.conftest import FrozenClock, Town
from web.jobs import tidy
from web.services.imports import DROPPED, KEEP_FILES, WAITING


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


def test_serve_answers_and_takes_its_jobs_process_down_with_it(tmp_path: Path) -> None:
    environment = {**os.environ, "ENGAWA_DATABASE_URL": f"sqlite:///{tmp_path}/e.db", "ENGAWA_SECRET_KEY": "x" * 48}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "web.cli", "serve", "--port", port, "--workers", "1"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(100):
            try:
                with urlopen(f"http://127.0.0.1:{port}/signin") as answer:
                    assert answer.status == 200
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise AssertionError("serve never answered")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        commands = {child: Path(f"/proc/{child}/cmdline").read_text() for child in children}
        (jobs,) = [child for child, told in commands.items() if "jobs" in told]
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        assert not Path(f"/proc/{jobs}").exists()
    finally:
        process.kill()
