"""`engawa account …`: who may sign in. Each command says in one sentence what it did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from web.cli.shared import database, municipality_meant, now_and_today
from web.cli.typed_password import password_given, password_options, tell_password

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.account import Role

ROLES = click.option(
    "--role", "roles", multiple=True, required=True, help="役割（CO LD MC GV RF SC HO PT OU AU）。いくつでも。"
)

SIGNED_OUT = "サインイン中だった端末は、サインアウトしました。"
NOBODY_LEADS = "この市町村には、使える主任（LD）も担当課（GV）もいなくなりました。だれかに役割を付けてください。"


@click.group()
def account() -> None:
    """利用者の登録。"""


@account.command(name="list")
@click.option("--municipality", help="市町村（oshu や 03215）。なければ、すべて。")
def account_list(municipality: str | None) -> None:
    """サインイン名、名前、役割、使えるか、最後のサインインを一覧にする。"""
    from models.scope import EVERYWHERE, open_session
    from web.cli.aligned import aligned
    from web.clock import TOKYO
    from web.queries.accounts import listed_accounts

    engine = database()
    whose = EVERYWHERE if municipality is None else municipality_meant(engine, municipality)
    with open_session(engine, municipality_id=whose) as session:
        lines = listed_accounts(session)
    if not lines:
        click.echo("利用者は、まだいません。engawa account add で加えてください。")
        return
    rows = [("サインイン名", "名前", "市町村", "役割", "状態", "最後のサインイン")]
    rows += [
        (
            line.login,
            line.display_name,
            line.municipality_key,
            " ".join(line.roles) or "なし",
            "使える" if line.active else "閉じてある",
            f"{line.signed_in_at.astimezone(TOKYO):%Y-%m-%d %H:%M}" if line.signed_in_at else "まだない",
        )
        for line in lines
    ]
    for row in aligned(rows):
        click.echo(row)


@account.command(name="add")
@click.argument("login")
@click.option("--name", required=True, help="画面に出る名前。")
@ROLES
@click.option("--municipality", help="市町村（oshu や 03215）。")
@password_options
def account_add(
    login: str, name: str, roles: tuple[str, ...], municipality: str | None, from_stdin: bool, make: bool
) -> None:
    """利用者を一人加える。"""
    from web.services.accounts import add_account

    held = _roles(roles)
    at, _ = now_and_today()
    whose = municipality_meant(database(), municipality)
    password = password_given(from_stdin=from_stdin, make=make)
    with changing() as session:
        added = add_account(
            session, municipality_id=whose, login=login, display_name=name, password=password, roles=held, at=at
        )
    click.echo(f"「{added.login}」（{added.display_name}）を、役割 {_said(held)} で加えました。")
    tell_password(password, make=make)


@account.command(name="close")
@click.argument("login")
def account_close(login: str) -> None:
    """サインインできないようにする。書いたものは残ります。"""
    from web.services.accounts import close_account, find_account, somebody_leads

    at, _ = now_and_today()
    with changing() as session:
        found = find_account(session, login)
        close_account(session, found, at=at)
        session.flush()
        leads = somebody_leads(session, found.municipality_id)
    click.echo(f"「{found.login}」を閉じました。{SIGNED_OUT}")
    if not leads:
        click.echo(NOBODY_LEADS)


@account.command(name="reopen")
@click.argument("login")
def account_reopen(login: str) -> None:
    """閉じたアカウントを、また使えるようにする。"""
    from web.services.accounts import find_account, reopen_account, roles_of

    with changing() as session:
        found = find_account(session, login)
        reopen_account(session, found)
        held = roles_of(session, found)
    click.echo(f"「{found.login}」をまた使えるようにしました（役割 {_said(held)}、パスワードは前のままです）。")


@account.command(name="password")
@click.argument("login")
@password_options
def account_password(login: str, from_stdin: bool, make: bool) -> None:
    """新しいパスワードにする。いまのサインインはすべて終わります。"""
    from web.services.accounts import find_account, set_password
    from web.services.tries import forget_mistakes

    at, _ = now_and_today()
    with changing() as session:
        find_account(session, login)
    password = password_given(from_stdin=from_stdin, make=make)
    with changing() as session:
        found = find_account(session, login)
        set_password(session, found, password=password, at=at)
        # Whoever asks for a new password has tried the old one often enough.
        forget_mistakes(session, key=found.login)
    click.echo(f"「{found.login}」のパスワードを変えました。{SIGNED_OUT}")
    if not found.active:
        click.echo("このアカウントは閉じてあるので、使うには engawa account reopen も要ります。")
    tell_password(password, make=make)


@account.command(name="roles")
@click.argument("login")
@ROLES
def account_roles(login: str, roles: tuple[str, ...]) -> None:
    """役割を、ここに並べたものに置きかえる。"""
    from web.services.accounts import find_account, replace_roles, roles_of, somebody_leads

    held = _roles(roles)
    with changing() as session:
        found = find_account(session, login)
        before = roles_of(session, found)
        replace_roles(session, found, held)
        leads = somebody_leads(session, found.municipality_id)
    click.echo(f"「{found.login}」の役割を {_said(before)} から {_said(held)} に変えました。")
    if not leads:
        click.echo(NOBODY_LEADS)


@account.command(name="unlock")
@click.argument("login")
def account_unlock(login: str) -> None:
    """パスワードのまちがいを忘れて、待たずにサインインできるようにする。"""
    from web.services.accounts import find_account
    from web.services.tries import forget_mistakes

    with changing() as session:
        found = find_account(session, login)
        forgotten = forget_mistakes(session, key=found.login)
    said = f"まちがい {forgotten} 回を忘れました" if forgotten else "まちがいは残っていませんでした"
    click.echo(
        f"「{found.login}」の{said}。{'いまからまた試せます。' if found.active else 'このアカウントは閉じてあります。'}"
    )


@contextmanager
def changing() -> Iterator[Session]:
    """A session over all municipalities, because sign-in names are unique over all; the block is one transaction.

    On SQLite it writes from the start: what is read first and written later fails when somebody wrote in between.
    """
    from models.locks import take_write_lock
    from models.scope import EVERYWHERE, open_session
    from web.services.errors import ServiceError

    with open_session(database(), municipality_id=EVERYWHERE) as session:
        take_write_lock(session)
        try:
            yield session
        except ServiceError as problem:
            raise click.ClickException(str(problem)) from problem
        session.commit()


def _roles(given: tuple[str, ...]) -> list[Role]:
    from models.account import Role

    try:
        return [role for role in Role if role in {Role(each.strip().upper()) for each in given}]
    except ValueError as problem:
        raise click.ClickException(f"役割は {' '.join(Role)} から選んでください。") from problem


def _said(roles: list[Role]) -> str:
    return "・".join(roles) or "なし"
