"""`engawa import gazetteer` and `engawa import gtfs`: names of places and timetables, which come from outside the town."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from seed.file_names import file_name
from web.cli.shared import FILE, content_of, database, now_and_today, session_of, walked


@click.command(name="gazetteer")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--of", "named", metavar="県,市町村,コード", help="どの市町村の一覧か（例：岩手県,奥州市,03215）。")
def gazetteer(path: Path, named: str | None) -> None:
    """地名の一覧（町字の JSON、位置参照情報の CSV）を取り込む。住所から場所を求めるのに使います。"""
    from models.locks import lock_towns, take_write_lock
    from models.scope import EVERYWHERE, open_session
    from seed.errors import ImportProblem
    from seed.gazetteer import LARGEST_LIST, read_gazetteer
    from seed.locating import keep_towns
    from seed.reading.within import within

    parts = [part.strip() for part in (named or "").split(",")]
    whose = (parts[0], parts[1], parts[2] if len(parts) > 2 else "") if len(parts) > 1 else None
    name = file_name(path.name)
    try:
        with within(name):
            towns = read_gazetteer(content_of(path, largest=LARGEST_LIST), name, municipality=whose)
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem
    with (
        open_session(database(), municipality_id=EVERYWHERE) as session,
        click.progressbar(length=len(towns), label="取り込み中", file=sys.stderr) as bar,
    ):
        take_write_lock(session)
        lock_towns(session)
        count = keep_towns(session, towns, source=name, walk=partial(walked, bar.update))
        session.commit()
    click.echo(f"地名を {count}件 取り込みました。")


@click.command(name="gtfs")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, path_type=Path))
@click.option("--municipality", help="市町村（oshu や 03215）。一つだけなら要りません。")
@click.option("--name", help="同じ事業者の時刻表が二つあるとき、それぞれにつける名前。")
def gtfs(path: Path, municipality: str | None, name: str | None) -> None:
    """バスや電車の時刻表（GTFS-JP の zip か、それを開いたフォルダ）を取り込む。

    同じ事業者の時刻表は、新しいものに入れ替わります。行き帰りの便がこの時刻表で決まるようになります。
    """
    from models.locks import lock_catalogue, take_write_lock
    from seed.errors import ImportProblem
    from seed.gtfs import keep_feed, kept_words, read_feed
    from seed.reading.within import within

    try:
        with within(file_name(path.name)):
            feed = read_feed(path, name=name)
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem
    at, on = now_and_today()
    with (
        session_of(database(), municipality) as session,
        click.progressbar(length=len(feed.trips), label="取り込み中", file=sys.stderr) as bar,
    ):
        take_write_lock(session)
        lock_catalogue(session)
        replaced = keep_feed(session, feed, source=file_name(path.name), at=at, walk=partial(walked, bar.update))
        session.commit()
    for sentence in kept_words(feed, replaced, on=on):
        click.echo(sentence)
