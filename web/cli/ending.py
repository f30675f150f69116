"""How a command ends when something goes wrong: one sentence that says what to do, and nothing about anybody."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import traceback
from typing import Any

import click

from web.cli.usage import mistyped

INTERRUPTED = 130
DEBUG = "ENGAWA_DEBUG"

LOCKED = "データベースをほかのプログラムが使っています。少し待ってから、もう一度どうぞ。"
FULL = "ディスクがいっぱいです。空きをつくってから、もう一度どうぞ。途中のものは残していません。"
AWAY = "データベースにつながりません。動いているか、ENGAWA_DATABASE_URL が合っているかを確かめてください。"
UNREADABLE = "データベースのファイルを開けません。場所と、読み書きしてよいかを確かめてください。"
NO_DATABASE_FILE = (
    "データベースのファイルが壊れているか、SQLite のものではありません。控えがあれば engawa restore で戻せます。"
)
WRONG_ADDRESS = "ENGAWA_DATABASE_URL が読めません。sqlite:////場所/engawa.db か postgresql://利用者@サーバー/名前 の形にしてください。"
NO_ENTRANCE = "データベースに入れません。ENGAWA_DATABASE_URL の利用者、パスワード、名前を確かめてください。"
NOT_ALLOWED = "データベースの利用者に、表を作ったり書いたりする権限がありません。"
BUSY = "データベースにつないでいるプログラムが多すぎます。少し待ってから、もう一度どうぞ。"
NO_MEMORY = "メモリーが足りません。ほかのプログラムを止めるか、小さく分けてから、もう一度どうぞ。"

# What SQLite says, and by its first digits PostgreSQL's SQLSTATE.
SQLITE_WORDS = (
    ("locked", LOCKED),
    ("busy", LOCKED),
    ("full", FULL),
    ("unable to open", UNREADABLE),
    ("readonly", UNREADABLE),
    ("disk I/O", UNREADABLE),
    ("not a database", NO_DATABASE_FILE),
    ("malformed", NO_DATABASE_FILE),
)
POSTGRESQL_STATES = (
    ("53100", FULL),
    ("53300", BUSY),
    ("532", NO_MEMORY),
    ("28", NO_ENTRANCE),
    ("3D", NO_ENTRANCE),
    ("42501", NOT_ALLOWED),
    ("25006", NOT_ALLOWED),
    ("55P03", LOCKED),
    ("40P01", LOCKED),
    ("57", AWAY),
    ("08", AWAY),
)
# What SQLAlchemy looks for when the address names another kind of database.
DRIVERS = ("MySQLdb", "pymysql", "mariadb", "oracledb", "cx_Oracle", "pyodbc", "psycopg2", "asyncpg", "aiosqlite")
SYSTEM_FAULTS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: "ファイルを読み書きする権限がありません",
    errno.EPERM: "ファイルを読み書きする権限がありません",
    errno.EROFS: "書きこめない場所です",
    errno.ENOENT: "ファイルかフォルダがありません",
    errno.ENOTDIR: "フォルダの名前が、ファイルのものになっています",
    errno.EISDIR: "ファイルの名前が、フォルダのものになっています",
    errno.EMFILE: "開いているファイルが多すぎます",
}


class StoppedError(click.ClickException):
    """Ctrl+C."""

    exit_code = INTERRUPTED


class OneSentence(click.Group):
    """A group whose commands never end in a traceback. ENGAWA_DEBUG=1 shows where, without what was worked on."""

    def make_context(self, *args: Any, **how: Any) -> click.Context:
        try:
            return super().make_context(*args, **how)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as problem:
            raise mistyped(problem) from problem

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as problem:
            raise mistyped(problem) from problem
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (click.Abort, KeyboardInterrupt) as problem:
            raise StoppedError("やめました。途中のものは残していません。") from problem
        except BrokenPipeError:
            # Whoever read us has gone; that is no failure worth words, and Python must not try to say more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(1)
        except Exception as problem:
            if os.environ.get(DEBUG):
                click.echo("".join(traceback.format_tb(problem.__traceback__)) + type(problem).__name__, err=True)
            raise click.ClickException(sentence_of(problem)) from problem


def sentence_of(problem: BaseException) -> str:
    """One sentence for whoever runs the service. It quotes only what our own refusals say."""
    from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

    from matching.question.errors import MatchingError
    from models.errors import RecordError
    from seed.errors import ImportProblem
    from web.services.errors import ServiceError
    from web.settings import SettingsError

    if isinstance(problem, (SettingsError, ServiceError, RecordError, ImportProblem, MatchingError)):
        return str(problem)
    if isinstance(problem, (NoSuchModuleError, ArgumentError)):
        return WRONG_ADDRESS
    if isinstance(problem, ModuleNotFoundError) and problem.name in DRIVERS:
        return WRONG_ADDRESS
    if isinstance(problem, DBAPIError) and problem.orig is not None:
        return _of_database(problem.orig) or _unexpected(problem)
    if isinstance(problem, sqlite3.Error):
        return _of_database(problem) or _unexpected(problem)
    if isinstance(problem, MemoryError):
        return NO_MEMORY
    if isinstance(problem, OSError) and problem.errno in SYSTEM_FAULTS:
        said = SYSTEM_FAULTS[problem.errno]
        return said if said.endswith("。") else f"{said}：{problem.filename or '（名前はわかりません）'}"
    return _unexpected(problem)


def _of_database(problem: BaseException) -> str | None:
    state = getattr(problem, "sqlstate", None)
    if isinstance(state, str):
        return next((said for start, said in POSTGRESQL_STATES if state.startswith(start)), None)
    if isinstance(problem, sqlite3.Error):
        words = str(problem)
        return next((said for word, said in SQLITE_WORDS if word in words), None)
    # psycopg has no state for a server that could not be reached, nor for one that refused at the door.
    if type(problem).__name__ != "OperationalError":
        return None
    words = str(problem)
    refused = ("authentication failed", "does not exist", "no password supplied", "no pg_hba.conf entry")
    return NO_ENTRANCE if any(word in words for word in refused) else AWAY


def _unexpected(problem: BaseException) -> str:
    trace = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in trace if "site-packages" not in frame.filename] or list(trace)
    place = f"{os.path.basename(ours[-1].filename)}:{ours[-1].lineno}" if ours else "?"
    return (
        f"思いがけない不具合です（{type(problem).__name__}、{place}）。保存できていない分は残っていません。"
        f"続くときは、この一行を開発元に伝えてください（{DEBUG}=1 をつけると、場所がくわしく出ます）。"
    )
