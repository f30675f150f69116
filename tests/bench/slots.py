"""When the synthetic places are open: weekly, every second week, on the nth weekday, for a season, or nobody knows."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

from matching.inputs.facts import SlotFacts
from matching.inputs.recurrence import FourValue, Recurrence, WeekPattern
from tests.bench.activities import Season
from tests.bench.geography import SEED
from tests.conftest import ON

DIFFERENT = 800
"""Different times in each season: nine to noon on a Wednesday comes again everywhere."""
STARTS = (6 * 60, 8 * 60 + 30, 9 * 60, 9 * 60 + 30, 10 * 60, 13 * 60, 13 * 60 + 30, 14 * 60, 15 * 60 + 30, 18 * 60 + 30)
LENGTHS = (40, 60, 90, 120, 120, 150, 180, 240)
PATTERNS = (
    *[None] * 12,
    WeekPattern(kind="nth", weeks=(1, 3), anchor=None),
    WeekPattern(kind="nth", weeks=(2,), anchor=None),
    WeekPattern(kind="nth", weeks=(2, 4), anchor=None),
    WeekPattern(kind="nth", weeks=(-1,), anchor=None),
    WeekPattern(kind="alternate", weeks=(), anchor=date(2026, 11, 2)),
)
HOLIDAYS: tuple[FourValue, ...] = ("no", "no", "no", "yes", "unknown", "unknown")


def slots(draw: Random, season: Season | None) -> tuple[SlotFacts, ...]:
    """None known for one place in twenty, otherwise one to three."""
    count = draw.choices((0, 1, 2, 3), (5, 60, 28, 7))[0]
    return tuple(
        SlotFacts(recurrence=_recurrence(draw.randrange(DIFFERENT), season), open_places=None) for _ in range(count)
    )


@cache
def _recurrence(number: int, season: Season | None) -> Recurrence:
    draw = Random(f"{SEED}-time-{number}")
    start = draw.choice(STARTS)
    timed = draw.random() > 0.03
    dated = draw.random() < 0.04
    days = draw.choices(range(7), (6, 6, 6, 6, 6, 4, 2), k=draw.choice((1, 1, 1, 2, 3, 5)))
    return Recurrence(
        days=None if dated else frozenset(days),
        dates=frozenset(ON + timedelta(days=draw.randrange(1, 90)) for _ in range(3)) if dated else frozenset(),
        except_dates=frozenset({date(2026, 12, 31)}) if draw.random() < 0.1 else frozenset(),
        start=start if timed else None,
        end=start + draw.choice(LENGTHS) if timed else None,
        pattern=None if dated else draw.choice(PATTERNS),
        valid_from=date(2027, 4, 1) if draw.random() < 0.01 else None,
        valid_until=date(2027, 3, 31) if draw.random() < 0.05 else None,
        season=season,
        school_period=draw.choices(("any", "term", "break"), (92, 6, 2))[0],
        on_holidays=draw.choice(HOLIDAYS),
    )
