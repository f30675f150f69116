"""`engawa municipality add`: where one may sign in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from web.cli.shared import FILE, database


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
