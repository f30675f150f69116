"""`engawa account add` and `engawa municipality add`: who may sign in, and where."""

from __future__ import annotations

import json
from pathlib import Path

import click

from web.cli.shared import FILE, database, municipality_meant, now_and_today


@click.group()
def account() -> None:
    """利用者の登録。"""


@account.command(name="add")
@click.argument("login")
@click.option("--name", required=True, help="画面に出る名前。")
@click.option(
    "--role", "roles", multiple=True, required=True, help="役割（CO LD MC GV RF SC HO PT OU AU）。いくつでも。"
)
@click.option("--municipality", help="市町村（oshu や 03215）。")
@click.password_option(
    prompt="パスワード（12文字以上）", confirmation_prompt="もう一度", help="指定しなければ尋ねます。"
)
def account_add(login: str, name: str, roles: tuple[str, ...], municipality: str | None, password: str) -> None:
    """利用者を一人加える。"""
    from models.account import Role
    from models.scope import EVERYWHERE, open_session
    from web.services.accounts import add_account
    from web.services.errors import ServiceError

    try:
        held = [Role(role.upper()) for role in roles]
    except ValueError as problem:
        raise click.ClickException(f"役割は {' '.join(Role)} から選んでください。") from problem
    at, _ = now_and_today()
    engine = database()
    whose = municipality_meant(engine, municipality)
    # A sign-in name is unique over all municipalities, so all of them are looked at.
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        try:
            add_account(
                session, municipality_id=whose, login=login, display_name=name, password=password, roles=held, at=at
            )
        except ServiceError as problem:
            raise click.ClickException(str(problem)) from problem
        session.commit()
    click.echo(f"「{login}」を加えました。")


@click.group()
def municipality() -> None:
    """市町村の登録。"""


@municipality.command(name="add")
@click.argument("settings", metavar="SETTINGS.json", type=FILE)
def municipality_add(settings: Path) -> None:
    """設定のファイル（key・code・name・会議や役割の呼び名・指標）から、市町村を一つ加える。"""
    from models.scope import EVERYWHERE, open_session
    from seed.errors import ImportProblem
    from seed.municipal_settings import add_municipality
    from seed.settings_schema import checked_settings

    try:
        given = checked_settings(json.loads(settings.read_text(encoding="utf-8")))
        with open_session(database(), municipality_id=EVERYWHERE) as session:
            added = add_municipality(session, given)
            session.commit()
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem
    except (ValueError, RecursionError) as problem:
        raise click.ClickException(
            "設定のファイルが読めません。key、code、name のある JSON にしてください。"
        ) from problem
    click.echo(f"{added.name}（{added.key}）を加えました。")
