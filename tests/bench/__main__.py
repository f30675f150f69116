"""`make bench`: everything of performance §4 that concerns ranking, in one run, ratios with the bar beside each."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg

from tests.bench.agreement import DifferenceError
from tests.bench.bars import NOT_YET
from tests.bench.houses import UnexpectedAnswerError
from tests.bench.peers.postgres import server
from tests.bench.report import Report
from tests.bench.run import run
from tests.bench.scenes import SIZES
from tests.bench.settings import PEERS, Plan, header
from tests.cluster import NoPostgresError


def _named(allowed: tuple[str, ...]) -> object:
    def parse(_context: click.Context, _option: click.Parameter, text: str) -> list[str]:
        names = [name.strip().lower() for name in text.split(",") if name.strip()]
        wrong = [name for name in names if name not in allowed]
        if wrong:
            raise click.BadParameter(f"{', '.join(wrong)}: choose from {', '.join(allowed)}")
        return names

    return parse


@click.command()
@click.option("--size", "sizes", default=",".join(SIZES), callback=_named(tuple(SIZES)), help="2k,100k,2m")
@click.option("--peers", default=",".join(PEERS), callback=_named(PEERS), help=",".join(PEERS))
@click.option("--rounds", default=3, show_default=True)
@click.option("--queries", default=200, show_default=True)
@click.option("--edits", default=1000, show_default=True)
@click.option("--budget", default=8.0, show_default=True, help="seconds a peer may take in one section")
@click.option("--json", "out", type=click.Path(dir_okay=False, path_type=Path), help="keep the figures here")
def main(
    sizes: list[str], peers: list[str], rounds: int, queries: int, edits: int, budget: float, out: Path | None
) -> None:
    """Measure, print, and end with 1 where a bar is missed or a list differs."""
    begun = time.perf_counter()
    # Whoever stops us must not leave a database server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    plan = Plan(sizes, peers, rounds, queries, edits, budget)
    with _database() as connection, tempfile.TemporaryDirectory(prefix="engawa-bench-") as folder:
        report = Report(header(plan, connection))
        for name, words in report.settings.items():
            click.echo(f"{name:12}{words}")
        try:
            run(plan, report, connection, Path(folder))
        except (DifferenceError, UnexpectedAnswerError) as problem:
            raise click.ClickException(f"aborted, nothing of this section counts: {problem}") from problem
    report.add("Later issues", NOT_YET)
    _end(report, time.perf_counter() - begun)
    if out is not None:
        out.write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    sys.exit(bool(report.missed()))


@contextmanager
def _database() -> Iterator[psycopg.Connection | None]:
    """None where there is no server; its peers are then skipped, never passed."""
    try:
        cluster = server()
        connection = cluster.__enter__()
    except NoPostgresError:
        yield None
        return
    try:
        yield connection
    finally:
        cluster.__exit__(None, None, None)


def _end(report: Report, seconds: float) -> None:
    missed, skipped = report.missed(), report.skipped()
    click.echo(
        f"\n{seconds / 60:.1f} minutes. bars: " + ("all met" if not missed else f"{len(missed)} missed"), nl=False
    )
    click.echo(f", {len(skipped)} skipped" if skipped else "")
    for line in missed:
        click.echo(f"  missed: {line.what} ({line.verdict.removeprefix('MISSED, ')})")
    for line in skipped:
        click.echo(f"  skipped: {line.what} ({line.note})")


if __name__ == "__main__":
    main()
