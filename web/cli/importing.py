"""`engawa import`: catalogues, people and facility lists; beside them gazetteers, timetables and taking back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seed.file_names import file_name
from web.cli.shared import DAY, FILE, database, now_and_today, read_file, session_of, walked
from web.cli.surroundings import gazetteer, gtfs
from web.cli.undoing import undo

if TYPE_CHECKING:
    from seed.planned import Preview


class ImportGroup(click.Group):
    """`engawa import FILE` reads a file; `gazetteer` before it reads a list of towns, `gtfs` a timetable."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return "file", self.commands["file"], args
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # Options before the file belong to reading the file, not to the group.
        if args and args[0].startswith("-") and args[0] not in ("-h", "--help"):
            args = ["file", *args]
        return super().parse_args(ctx, args)


@click.group(name="import", cls=ImportGroup)
def import_() -> None:
    """ファイルを取り込む（台帳・本人・施設の一覧・地名の一覧・バスの時刻表）。

    `engawa import FILE` で台帳や本人のファイルを、`engawa import gazetteer FILE` で地名の一覧を、
    `engawa import gtfs FILE` でバスの時刻表を取り込みます。`engawa import undo` は、いちばん新しい取り込みを取り消します。
    """


@import_.command(name="file")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--municipality", help="市町村（oshu や 03215）。一つだけなら要りません。")
@click.option(
    "--column", "columns", multiple=True, metavar="見出し=項目", help="知らない見出しの意味。使わないなら「見出し=」。"
)
@click.option("--list-name", help="施設の一覧の名前。")
@click.option("--list-date", type=DAY, help="施設の一覧の日付。")
@click.option(
    "--new", "new", multiple=True, metavar="名前", help="台帳にある同じ名前のものとは別の、新しい団体か活動。"
)
@click.option("--other-town", is_flag=True, help="ほかの市町村のファイルでも取り込む。")
@click.option("--preview", "only_preview", is_flag=True, help="確かめるだけで、取り込まない。")
def import_file(
    path: Path,
    municipality: str | None,
    columns: tuple[str, ...],
    list_name: str | None,
    list_date: datetime | None,
    new: tuple[str, ...],
    other_town: bool,
    only_preview: bool,
) -> None:
    """台帳・本人・施設の一覧を確かめてから取り込む。"""
    from models.locks import lock_catalogue, lock_people, take_write_lock
    from seed.form_rows import NEW
    from seed.lists.known import looks_like
    from seed.previewing import preview, sentence_of
    from web.services.import_applying import apply_now

    chosen = dict(column.split("=", 1) for column in columns if "=" in column)
    draft = read_file(path, columns=chosen, list_name=list_name, list_date=list_date.date() if list_date else None)
    if draft.unmapped:
        first = draft.unmapped[0]
        known = "・".join(draft.unmapped)
        raise click.ClickException(
            f"意味のわからない見出しがあります：{known}。--column '{first}=項目' で教えるか、"
            f"使わないなら --column '{first}=' としてください。"
        )
    at, on = now_and_today()
    engine = database()
    with session_of(engine, municipality) as session:
        if not only_preview:
            take_write_lock(session)
            lock_catalogue(session)
            lock_people(session)
        if draft.open_data and list_name is None:
            draft.list_name = looks_like(session, draft.list_name or "", draft.facilities) or draft.list_name
        plan = preview(session, draft, on=on)
        if new:
            plan = preview(
                session, draft, on=on, same_as={one.made: NEW for one in plan.same_or_new if one.title in new}
            )
        for sentence in _told_first(plan):
            click.echo(sentence)
        click.echo(sentence_of(plan))
        for problem in plan.problems:
            mark = "取り込まない" if problem.blocking else "気をつけて"
            click.echo(f"  {f'{problem.line}行目' if problem.line else '全体'}［{mark}］{problem.sentence}")
        if only_preview:
            return
        if plan.other_municipality and not other_town:
            raise click.ClickException(
                f"「{plan.other_municipality}」のファイルです。取り込んでよければ --other-town をつけてください。"
            )
        with click.progressbar(length=len(plan.planned), label="取り込み中", file=sys.stderr) as bar:
            done = apply_now(session, plan, name=file_name(path.name), at=at, on=on, walk=partial(walked, bar.update))
            session.commit()
    click.echo(f"新しく {done.new}件、変えた {done.changed}件、そのまま {done.unchanged}件。")
    if done.suggested:
        click.echo(f"一覧とのちがい {done.suggested}か所は、いまの内容を変えずに、場のページに並べました。")
    if done.vanished:
        click.echo(f"一覧から消えたもの（台帳には残しています）：{'、'.join(done.vanished)}")
    if done.not_located:
        click.echo(f"住所から場所がわからなかったもの：{'、'.join(done.not_located)}")


def _told_first(plan: Preview) -> Iterator[str]:
    """What was taken for what, before it is counted."""
    from seed.reading.list_name import evidence

    if plan.list_name is not None:
        known = "前に取り込んだ一覧の新しい版として読みました。" if plan.listed and plan.listed.known else ""
        told = evidence(plan.list_name, plan.list_date)
        yield f"一覧：{told}。{known}ちがうときは --list-name と --list-date で教えてください。"
    for one in plan.same_or_new:
        if one.chosen:
            yield f"「{one.title}」は、台帳にあるものと同じものとして読みました。別のものなら --new {one.title}"
        else:
            yield f"「{one.title}」は、同じ名前のものが台帳にありますが、新しいものとして読みました。"


for command in (gazetteer, gtfs, undo):
    import_.add_command(command)
