"""`engawa backup` and `engawa restore`: everything in one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from web.cli.shared import FILE, NEW_FILE


@click.command()
@click.argument("target", metavar="FILE", type=NEW_FILE)
@click.option("--replace", is_flag=True, help="同じ名前の控えがあれば、入れ替える。")
def backup(target: Path, replace: bool) -> None:
    """データベースの控えを FILE に書く。サービスは動いたままでかまいません。"""
    from web.backups import back_up
    from web.first_start import settings_of_this_machine

    back_up(settings_of_this_machine().database_url, target, replace=replace)
    click.echo(f"控えを {target} に書きました。個人情報です。鍵のかかる場所に、この機械とは別に置いてください。")


@click.command()
@click.argument("source", metavar="FILE", type=FILE)
@click.option("--replace", is_flag=True, help="いまのデータベースの中身を、控えと入れ替える。")
def restore(source: Path, replace: bool) -> None:
    """FILE の控えを、データベースに戻す。サービスを止めてから使います。"""
    from web.backups import restore as put_back
    from web.first_start import settings_of_this_machine

    put_back(settings_of_this_machine().database_url, source, replace=replace)
    click.echo(f"{source} の控えを戻しました。")
