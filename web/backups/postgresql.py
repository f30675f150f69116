"""Backups of a PostgreSQL database, by pg_dump, pg_restore and psql, which come with PostgreSQL's client."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import IO

from sqlalchemy import text

from models.database import address_of, make_engine
from models.migrate import is_known_revision, upgrade
from web.backups.errors import HAS_CONTENT, IN_USE, NEWER, BackupError, no_backup_of_ours

OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
# Before the backup comes in, in its transaction: whatever a later version has made as well must not stay behind.
EMPTY_FIRST = """\
DO $$ DECLARE kept record; BEGIN
  FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', kept.tablename);
  END LOOP;
END $$;
"""


def write_backup(url: str, draft: Path) -> None:
    address, environment = _address(url)
    command = [
        _tool("pg_dump"),
        "-Fc",
        "--no-owner",
        "--no-privileges",
        "--no-password",
        "-f",
        str(draft),
        "-d",
        address,
    ]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        if b"server version mismatch" in done.stderr:
            raise BackupError(
                "pg_dump の版がサーバーより古いので、控えを書けません。同じ版の postgresql-client を入れてください。"
            )
        raise BackupError("pg_dump が控えを書けませんでした。データベースとディスクの空きを確かめてください。")


def read_backup(url: str, source: Path, *, replace: bool) -> None:
    revision = _revision_in(source)
    if revision is None:
        raise no_backup_of_ours(source.name)
    if not is_known_revision(revision):
        raise BackupError(NEWER)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            if connection.execute(OTHERS).scalar_one():
                raise BackupError(IN_USE)
            known = connection.execute(text("SELECT to_regclass('municipality')")).scalar_one() is not None
            if known and not replace and connection.execute(text("SELECT 1 FROM municipality LIMIT 1")).first():
                raise BackupError(HAS_CONTENT)
        engine.dispose()
        _pour_in(url, source)
        upgrade(engine)
    finally:
        engine.dispose()


def _pour_in(url: str, source: Path) -> None:
    """pg_restore tells psql what to do, in one transaction: all of it, or the database stays as it was."""
    address, environment = _address(url)
    tell = [_tool("pg_restore"), "--no-owner", "--no-privileges", "-f", "-", str(source)]
    do = [_tool("psql"), "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=sqlstate", "-1", "-d", address]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        [*do, "-f", "-"], env=environment, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere
    ) as doing:
        into = _stdin(doing)
        into.write(EMPTY_FIRST.encode())
        into.flush()
        told = subprocess.run(tell, stdin=subprocess.DEVNULL, stdout=into, stderr=subprocess.DEVNULL, check=False)
        if told.returncode:
            # Half a backup must not be kept. psql still waits for more, so nothing is committed yet.
            doing.kill()
        into.close()
    if told.returncode or doing.returncode:
        raise BackupError("控えを戻せませんでした。データベースは元のままです。")


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin


def _revision_in(source: Path) -> str | None:
    """The revision a dump stands at; None when it is no dump of ours."""
    with source.open("rb") as opened:
        if opened.read(5) != b"PGDMP":
            return None
    tool = _tool("pg_restore")
    listed = subprocess.run(
        [tool, "--list", str(source)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    if listed.returncode or b" TABLE public municipality " not in listed.stdout:
        return None
    command = [tool, "--data-only", "-t", "alembic_version", "-f", "-", str(source)]
    rows = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    lines = rows.stdout.decode("utf-8", "replace").splitlines()
    begin = next((at for at, line in enumerate(lines) if line.startswith("COPY ")), None)
    return lines[begin + 1] if begin is not None and begin + 1 < len(lines) else None


def _address(url: str) -> tuple[str, dict[str, str]]:
    """Where to, without the password: that goes through the environment, which the process list does not show."""
    address = address_of(url).set(drivername="postgresql")
    environment = dict(os.environ)
    if address.password:
        environment["PGPASSWORD"] = str(address.password)
    return address._replace(password=None).render_as_string(hide_password=False), environment


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"{name} が見つかりません。PostgreSQL のクライアント（Debian では postgresql-client）を入れてください。"
        )
    return found
