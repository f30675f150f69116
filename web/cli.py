"""`engawa`: the command for whoever runs the service. Every command explains itself with --help."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from seed.draft import Draft

DAY = click.DateTime(formats=["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """えんがわ：場と人をつなぐ参加支援の道具。"""


def _engine() -> Engine:
    from models.database import make_engine
    from models.migrate import upgrade
    from web.keeping import settings_of_this_machine

    engine = make_engine(settings_of_this_machine().database_url)
    upgrade(engine)
    return engine


def _municipality(engine: Engine, key: str | None) -> UUID:
    """The municipality that is meant; without a key the only one there is."""
    from sqlmodel import select

    from models.municipality import Municipality
    from models.scope import EVERYWHERE, open_session

    with open_session(engine, municipality_id=EVERYWHERE) as session:
        rows = session.exec(select(Municipality).order_by(Municipality.key)).all()
    fitting = [row for row in rows if key in (None, row.key, row.code)]
    if len(fitting) != 1:
        names = "、".join(f"{row.key}（{row.name}）" for row in rows) or "まだありません"
        raise click.ClickException(f"--municipality で市町村を一つ選んでください：{names}")
    return fitting[0].id


def _session(engine: Engine, key: str | None) -> Session:
    from models.scope import open_session

    return open_session(engine, municipality_id=_municipality(engine, key))


def _clock() -> tuple[datetime, date]:
    from web.clock import SystemClock

    clock = SystemClock()
    return clock.now(), clock.today()


def _read(path: Path, **how: Any) -> Draft:
    from seed.errors import ImportProblem
    from seed.reading import read

    try:
        return read(path.read_bytes(), path.name, **how)
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス。")
@click.option("--port", default=8000, show_default=True, help="待ち受けるポート。")
@click.option("--workers", default=2, show_default=True, help="同時に働くプロセスの数。")
@click.option("--sample", is_flag=True, help="データが空なら、見本の市町村を入れてから始める。")
def serve(host: str, port: int, workers: int, sample: bool) -> None:
    """サービスを始める。"""
    from web.keeping import fill_if_empty, settings_of_this_machine
    from web.server import serve_forever

    settings = settings_of_this_machine()
    engine = _engine()
    if sample:
        at, on = _clock()
        for line in fill_if_empty(engine, at=at, on=on):
            click.echo(line)
    engine.dispose()
    click.echo(f"\nえんがわ  http://{host}:{port}/  （止めるときは Ctrl+C）\n")
    serve_forever(settings, host=host, port=port, workers=workers)


class ImportGroup(click.Group):
    """`engawa import FILE` reads a file; `engawa import gazetteer FILE` reads a list of towns."""

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


@main.group(name="import", cls=ImportGroup)
def import_() -> None:
    """ファイルを取り込む（台帳・本人・施設の一覧・地名の一覧）。

    `engawa import FILE` で台帳や本人のファイルを、`engawa import gazetteer FILE` で地名の一覧を取り込みます。
    """


@import_.command(name="file")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--municipality", help="市町村（oshu や 03215）。一つだけなら要りません。")
@click.option(
    "--column", "columns", multiple=True, metavar="見出し=項目", help="知らない見出しの意味。使わないなら「見出し=」。"
)
@click.option("--list-name", help="施設の一覧の名前。")
@click.option("--list-date", type=DAY, help="施設の一覧の日付。")
@click.option("--preview", "only_preview", is_flag=True, help="確かめるだけで、取り込まない。")
def import_file(
    path: Path,
    municipality: str | None,
    columns: tuple[str, ...],
    list_name: str | None,
    list_date: datetime | None,
    only_preview: bool,
) -> None:
    """台帳・本人・施設の一覧を確かめてから取り込む。"""
    from seed.applying import apply
    from seed.locating import locator
    from seed.previewing import preview, sentence_of

    chosen = dict(column.split("=", 1) for column in columns if "=" in column)
    draft = _read(path, columns=chosen, list_name=list_name, list_date=list_date.date() if list_date else None)
    if draft.unmapped:
        first = draft.unmapped[0]
        known = "・".join(draft.unmapped)
        raise click.ClickException(
            f"意味のわからない見出しがあります：{known}。--column '{first}=項目' で教えるか、"
            f"使わないなら --column '{first}=' としてください。"
        )
    at, on = _clock()
    engine = _engine()
    with _session(engine, municipality) as session:
        plan = preview(session, draft, on=on)
        click.echo(sentence_of(plan))
        for problem in plan.problems:
            mark = "取り込まない" if problem.blocking else "気をつけて"
            click.echo(f"  {f'{problem.line}行目' if problem.line else '全体'}［{mark}］{problem.sentence}")
        if only_preview:
            return
        with click.progressbar(length=1, label="取り込み中", file=sys.stderr) as bar:
            done = apply(session, plan, at=at, on=on, locate=locator(session))
            session.commit()
            bar.update(1)
    click.echo(f"新しく {done.new}件、変えた {done.changed}件、そのまま {done.unchanged}件。")
    if done.not_located:
        click.echo(f"住所から場所がわからなかったもの：{'、'.join(done.not_located)}")


@import_.command(name="gazetteer")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--of", "named", metavar="県,市町村,コード", help="どの市町村の一覧か（例：岩手県,奥州市,03215）。")
def import_gazetteer(path: Path, named: str | None) -> None:
    """地名の一覧（町字の JSON、位置参照情報の CSV）を取り込む。住所から場所を求めるのに使います。"""
    from models.scope import EVERYWHERE, open_session
    from seed.errors import ImportProblem
    from seed.gazetteer import read_gazetteer
    from seed.locating import keep_towns

    parts = [part.strip() for part in (named or "").split(",")]
    whose = (parts[0], parts[1], parts[2] if len(parts) > 2 else "") if len(parts) > 1 else None
    try:
        towns = read_gazetteer(path.read_bytes(), path.name, municipality=whose)
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem
    with open_session(_engine(), municipality_id=EVERYWHERE) as session:
        count = keep_towns(session, towns, source=path.name)
        session.commit()
    click.echo(f"地名を {count}件 取り込みました。")


@main.command()
@click.argument("what", type=click.Choice(["catalogue", "participants"]))
@click.argument("out", metavar="OUT", type=NEW_FILE)
@click.option("--municipality", help="市町村（oshu や 03215）。一つだけなら要りません。")
@click.option(
    "--audience",
    type=click.Choice(["staff", "partners", "public"]),
    default="staff",
    show_default=True,
    help="だれに渡すか。",
)
def export(what: str, out: Path, municipality: str | None, audience: Any) -> None:
    """台帳（JSON・CSV・XLSX）か本人（JSON）を書き出す。形は OUT の名前の終わりで決まります。"""
    from models.catalogue import municipality_of
    from seed.store import catalogue_records, participant_records
    from seed.writing import Catalogue, write_catalogue, write_form_csv, write_form_xlsx, write_participants

    _, on = _clock()
    with _session(_engine(), municipality) as session:
        ours = municipality_of(session)
        whose = {"code": ours.code, "name": f"{ours.prefecture or ''}{ours.name}"}
        if what == "participants":
            if out.suffix != ".json":
                raise click.ClickException("本人のファイルは JSON だけです。OUT の名前を .json で終えてください。")
            records = participant_records(session, on=on)
            out.write_bytes(write_participants(records, exported_on=on.isoformat(), municipality=whose))
            click.echo(f"{len(records)}人を {out} に書き出しました。個人情報です。事務所の外に出さないでください。")
            return
        organizations, sites, opportunities = catalogue_records(session)
        catalogue = Catalogue(
            organizations, sites, opportunities, exported_on=on.isoformat(), municipality=whose, calendar=ours.calendar
        )
    if out.suffix == ".json":
        out.write_bytes(write_catalogue(catalogue, audience=audience))
    elif out.suffix in (".csv", ".xlsx"):
        written = (write_form_csv if out.suffix == ".csv" else write_form_xlsx)(catalogue, audience=audience)
        out.write_bytes(written.content)
        for sentence in written.sentences:
            click.echo(f"  {sentence}")
    else:
        raise click.ClickException("OUT の名前を .json、.csv、.xlsx のどれかで終えてください。")
    click.echo(f"活動 {len(opportunities)}件を {out} に書き出しました。")


@main.command()
@click.option("--catalogue", type=FILE, required=True, help="台帳のファイル。")
@click.option("--participants", type=FILE, required=True, help="本人のファイル。")
@click.option("--on", "on_day", type=DAY, help="いつの日として考えるか（既定は今日）。")
@click.option("--json", "out", type=NEW_FILE, required=True, help="結果を書くファイル。")
def rank(catalogue: Path, participants: Path, on_day: datetime | None, out: Path) -> None:
    """ファイルの人と場を、画面と同じ道すじで照らし合わせる。データベースは変えません。"""
    from seed.errors import ImportProblem
    from web.services.ranking import rank as ranked

    at, today = _clock()
    on = on_day.date() if on_day else today
    people = _read(participants)
    results: list[dict[str, Any]] = []
    try:
        found = ranked(_read(catalogue), people, at=at, on=on, told=lambda words: click.echo(words, err=True))
        with click.progressbar(found, length=len(people.participants), label="照らし合わせ中", file=sys.stderr) as bar:
            results.extend(bar)
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{len(results)}人の結果を {out} に書きました。")


@main.group()
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
    at, _ = _clock()
    engine = _engine()
    whose = _municipality(engine, municipality)
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


@main.group()
def municipality() -> None:
    """市町村の登録。"""


@municipality.command(name="add")
@click.argument("settings", metavar="SETTINGS.json", type=FILE)
def municipality_add(settings: Path) -> None:
    """設定のファイル（key・code・name・会議や役割の呼び名・指標）から、市町村を一つ加える。"""
    from models.scope import EVERYWHERE, open_session
    from seed.municipal_settings import add_municipality

    try:
        given = json.loads(settings.read_text(encoding="utf-8"))
        with open_session(_engine(), municipality_id=EVERYWHERE) as session:
            added = add_municipality(session, given)
            session.commit()
    except (ValueError, KeyError, TypeError) as problem:
        raise click.ClickException(
            "設定のファイルが読めません。key、code、name のある JSON にしてください。"
        ) from problem
    click.echo(f"{added.name}（{added.key}）を加えました。")
