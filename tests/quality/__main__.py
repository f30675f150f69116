"""`make quality`: the engine beside three baselines on the same cases, in one run, and whether the bars are met."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click

from seed.reading import read
from tests.conftest import AT, CASES, ON
from tests.quality.baselines import baselines
from tests.quality.scoring import Score, Shown, measure, read_judges
from web.services.ranking import rank

NDCG, NEAR = 0.77, 0.7
FURTHER = CASES / "further"
KNOWN_LIMITS = {("ss-02", "opp-hitori-lunch")}
"""A circle of parents in which all are mothers: sex is never an input, and words alone are for somebody to read."""
SAMPLES = Path(str(files("seed"))) / "sample"


def engine_lists(folder: Path) -> dict[str, Shown]:
    """What the service itself proposes, by the path of `engawa rank`."""
    told = [read((folder / name).read_bytes(), name) for name in ("catalogue.json", "participants.json")]
    return {
        result["participant_id"]: Shown(
            [one["opportunity_id"] for one in result["candidates"]],
            [one["opportunity_id"] for one in result["near_misses"]],
        )
        for result in rank(*told, at=AT, on=ON, told=lambda _: None)
    }


def further() -> Iterator[tuple[str, Score]]:
    """The same of every further set of cases; its files lie beside the judgements, or are those of a sample."""
    for folder in sorted(one for one in FURTHER.iterdir() if one.is_dir()):
        cases = folder if (folder / "catalogue.json").exists() else SAMPLES / folder.name
        yield folder.name, measure(read_judges(folder), engine_lists(cases))


def failings(score: Score) -> list[str]:
    """The bars that are missed, one sentence each."""
    missed = []
    if (score.ndcg or 0) < NDCG:
        missed.append(f"nDCG@5 {score.ndcg:.3f} < {NDCG}")
    if score.forbidden:
        missed.append(f"{len(score.forbidden)} forbidden: {', '.join('/'.join(one) for one in score.forbidden)}")
    if (score.best_found or 0) < 1:
        missed.append(f"best found {score.best_found:.2f} of {score.best}")
    if (score.near_found or 0) < NEAR:
        missed.append(f"near found {score.near_found:.2f} of {score.near} < {NEAR}")
    return missed


def line(name: str, score: Score) -> str:
    return (
        f"{name:16} nDCG@5 {score.ndcg:.3f}  forbidden {len(score.forbidden):2}  filler {score.filler:2}  "
        f"best found {score.best_found:.2f} of {score.best}  near found {score.near_found:.2f} of {score.near}"
    )


def main() -> int:
    catalogue = json.loads((CASES / "catalogue.json").read_text(encoding="utf-8"))
    people = json.loads((CASES / "participants.json").read_text(encoding="utf-8"))["participants"]
    judges = read_judges(CASES)
    ours = engine_lists(CASES)
    for name, shown in {"engawa": ours, **baselines(catalogue, people)}.items():
        click.echo(line(name, measure(judges, shown)))
    click.echo("further cases (no bars but: nothing forbidden)")
    harmful = []
    for name, score in further():
        click.echo(line(name, score))
        harmful += [f"{name}: {'/'.join(one)} forbidden" for one in score.forbidden if one not in KNOWN_LIMITS]
    missed = [*failings(measure(judges, ours)), *harmful]
    click.echo("bars: all met" if not missed else "bars missed: " + " · ".join(missed))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
