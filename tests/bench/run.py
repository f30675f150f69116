"""The sections in their order: size by size, so that only one big pool is in memory at a time."""

from __future__ import annotations

from pathlib import Path

import psycopg

from matching.pool.opportunity_pool import OpportunityPool
from tests.bench.bars import BARE, FIRST, STALE, TUNED
from tests.bench.geography import city
from tests.bench.growth import growth
from tests.bench.houses import house
from tests.bench.importing import importing
from tests.bench.memory import memory
from tests.bench.pages import pages
from tests.bench.people import people
from tests.bench.processes import two_processes
from tests.bench.ranking import against_bare, against_peers
from tests.bench.report import Line, Report
from tests.bench.scenes import IN_WORDS, Scene, scene
from tests.bench.settings import Plan, too_big
from tests.bench.staleness import staleness
from tests.bench.towns import Town
from tests.bench.updates import attach, edits
from tests.cluster import NoPostgresError, private_cluster

PAGE_PEOPLE = 20
GROWTH_QUERIES = 60
STALE_PLACES = 60
EDITS_TIMED = 20


def run(plan: Plan, report: Report, connection: psycopg.Connection | None, folder: Path) -> None:
    """Raises DifferenceError or UnexpectedAnswerError: then nothing of the section counts."""
    medians: dict[str, float] = {}
    for size in plan.sizes:
        why = too_big(size)
        if why:
            report.add(IN_WORDS[size], _skipped(size, why))
            continue
        here = scene(size, queries=plan.queries)
        medians[size] = _ranking(plan, report, here, connection)
        if size == "2k":
            report.add("Two processes", two_processes(here, rounds=plan.rounds))
        if size == "100k":
            report.add("Growth in one prefecture", _growth(plan, here.pool))
        if size != "2m":
            _pages(plan, report, here, folder)
    if {"100k", "2m"} <= set(medians):
        share = medians["2m"] / medians["100k"]
        report.add("Japan beside one prefecture", [Line("2,000,000 / 100,000, p50", share, "x", note="20x the places")])
    report.add("Importing", importing(folder, rounds=plan.rounds))
    _staleness(plan, report, folder)


def _skipped(size: str, why: str) -> list[Line]:
    bars = {
        "engine p50 / bare scan p50": BARE,
        "first PostGIS query / engine": FIRST,
        "tuned PostgreSQL / engine": TUNED,
    }
    return [Line(what, None, bar=by_size[size], note=why) for what, by_size in bars.items() if size in by_size]


def _ranking(plan: Plan, report: Report, here: Scene, connection: psycopg.Connection | None) -> float:
    """The engine's median in milliseconds."""
    lines = against_bare(here, rounds=plan.rounds, budget=plan.budget)
    median = lines[0].measured or 0.0
    lines += against_peers(here, plan.peers, connection, rounds=plan.rounds, budget=plan.budget)
    report.add(f"Ranking, {IN_WORDS[here.size]}", lines)
    report.add(f"Memory, {IN_WORDS[here.size]}", memory(here))
    return median


def _growth(plan: Plan, largest: OpportunityPool) -> list[Line]:
    return growth(largest, queries=min(plan.queries, GROWTH_QUERIES), rounds=plan.rounds, budget=plan.budget)


def _pages(plan: Plan, report: Report, here: Scene, folder: Path) -> None:
    with house(f"sqlite:///{folder / here.size}.db", here.town, here.people[:PAGE_PEOPLE]) as place:
        report.add(
            f"Proposal page, {IN_WORDS[here.size]}", pages(here.size, place, rounds=plan.rounds, budget=plan.budget)
        )
        report.add(
            f"From the database, {IN_WORDS[here.size]}",
            [*attach(place), *edits(place, count=EDITS_TIMED, budget=plan.budget)],
        )


def _staleness(plan: Plan, report: Report, folder: Path) -> None:
    """On one SQLite file, and on PostgreSQL where there is one."""
    facts, asking = Town(city(), STALE_PLACES)[:], people(city(), 1, places=STALE_PLACES)[0]
    report.add(
        "Stale answers, SQLite",
        staleness("SQLite", f"sqlite:///{folder / 'stale.db'}", facts, asking, edits=plan.edits),
    )
    try:
        with private_cluster("synchronous_commit=off") as url:
            lines = staleness("PostgreSQL", url, facts, asking, edits=plan.edits)
    except NoPostgresError:
        lines = [Line("stale answers, PostgreSQL", None, bar=STALE, note="no PostgreSQL here")]
    report.add("Stale answers, PostgreSQL", lines)
