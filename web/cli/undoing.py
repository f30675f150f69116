"""`engawa import undo`: the newest import is taken back."""

from __future__ import annotations

import click

from web.cli.shared import database, now_and_today, session_of


@click.command(name="undo")
@click.option("--municipality", help="市町村（oshu や 03215）。一つだけなら要りません。")
@click.option("--yes", is_flag=True, help="確かめずに取り消す。")
def undo(municipality: str | None, yes: bool) -> None:
    """いちばん新しい取り込みを取り消して、取り込む前に戻す。そのあとで使われているものは戻しません。"""
    from models.locks import take_write_lock
    from web.services.imports import batch_of
    from web.services.taking_back import CannotTakeBackError, newest_kept, prospect, take_back

    at, _ = now_and_today()
    engine = database()
    with session_of(engine, municipality) as session:
        newest = newest_kept(session, at=at)
        if newest is None:
            raise click.ClickException("取り消せる取り込みがありません。")
        name, found = newest.file_name, prospect(session, newest, at=at)
    if found.in_the_way:
        raise click.ClickException(found.in_the_way)
    if not yes:
        click.confirm(
            f"「{name}」の取り込みを取り消します（{found.new}件を消し、{found.changed}件を戻す）。よいですか",
            abort=True,
        )
    with session_of(engine, municipality) as session:
        take_write_lock(session)
        batch = batch_of(session, newest.id, people_allowed=True, deciding=True)
        try:
            take_back(session, batch, by=None, at=at)
        except CannotTakeBackError as problem:
            raise click.ClickException(str(problem)) from problem
        session.commit()
    click.echo(f"「{name}」の取り込みを取り消しました。")
