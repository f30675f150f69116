"""`engawa export` and `engawa rank`: what goes out as a file."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from web.cli.shared import DAY, FILE, NEW_FILE, database, now_and_today, read_file, session_of
from web.private_files import write_private


@click.command()
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
    from seed.writing import Catalogue, write_catalogue, write_form_csv, write_participants
    from seed.writing.publication import visible
    from seed.writing.xlsx_form import write_form_xlsx

    _, on = now_and_today()
    with session_of(database(), municipality) as session:
        ours = municipality_of(session)
        whose = {"code": ours.code, "name": f"{ours.prefecture or ''}{ours.name}"}
        if what == "participants":
            if out.suffix != ".json":
                raise click.ClickException("本人のファイルは JSON だけです。OUT の名前を .json で終えてください。")
            records = participant_records(session, on=on)
            write_private(out, write_participants(records, exported_on=on.isoformat(), municipality=whose))
            click.echo(f"{len(records)}人を {out} に書き出しました。個人情報です。事務所の外に出さないでください。")
            return
        organizations, sites, opportunities = catalogue_records(session)
        catalogue = Catalogue(
            organizations, sites, opportunities, exported_on=on.isoformat(), municipality=whose, calendar=ours.calendar
        )
    if out.suffix == ".json":
        write_private(out, write_catalogue(catalogue, audience=audience))
    elif out.suffix in (".csv", ".xlsx"):
        written = (write_form_csv if out.suffix == ".csv" else write_form_xlsx)(catalogue, audience=audience)
        write_private(out, written.content)
        for sentence in written.sentences:
            click.echo(f"  {sentence}")
    else:
        raise click.ClickException("OUT の名前を .json、.csv、.xlsx のどれかで終えてください。")
    seen = len(visible(catalogue, audience).opportunities)
    if audience == "staff":
        click.echo(f"活動 {seen}件を {out} に書き出しました。")
    else:
        whom = {"partners": "関係機関に見せてよい", "public": "だれに見せてもよい"}[audience]
        click.echo(f"活動 {len(opportunities)}件のうち、{whom} {seen}件だけを {out} に書き出しました。")


@click.command()
@click.option("--catalogue", type=FILE, required=True, help="台帳のファイル。")
@click.option("--participants", type=FILE, required=True, help="本人のファイル。")
@click.option("--on", "on_day", type=DAY, help="いつの日として考えるか（既定は今日）。")
@click.option("--json", "out", type=NEW_FILE, required=True, help="結果を書くファイル。")
def rank(catalogue: Path, participants: Path, on_day: datetime | None, out: Path) -> None:
    """ファイルの人と場を、画面と同じ道すじで照らし合わせる。データベースは変えません。"""
    from seed.errors import ImportProblem
    from web.services.ranking import rank as ranked

    at, today = now_and_today()
    on = on_day.date() if on_day else today
    people = read_file(participants)
    results: list[dict[str, Any]] = []
    try:
        found = ranked(read_file(catalogue), people, at=at, on=on, told=lambda words: click.echo(words, err=True))
        with click.progressbar(found, length=len(people.participants), label="照らし合わせ中", file=sys.stderr) as bar:
            results.extend(bar)
    except ImportProblem as problem:
        raise click.ClickException(str(problem)) from problem
    write_private(out, (json.dumps(results, ensure_ascii=False, indent=1) + "\n").encode())
    click.echo(f"{len(results)}人の結果を {out} に書きました。")
