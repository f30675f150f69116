"""The bars of performance §4: for the service's full rule set, in one run, medians, with reasons and near misses built."""

from __future__ import annotations

from tests.bench.report import Bar, Line

NAIVE = Bar("more", 100, 400)
TUNED = {"2k": Bar("more", 5, 15), "100k": Bar("more", 20, 60), "2m": Bar("more", 10, 25)}
FIRST = {"100k": Bar("more", 70, 200)}
BARE = {"100k": Bar("less", 15, 4), "2m": Bar("less", 0.5, 0.2)}
GROWTH = Bar("less", 0.95, 0.8)
IMPORT_GROWTH = Bar("less", 1.2, 1.05)
TWO_PROCESSES = Bar("more", 1.6, 1.9)
PAGE = {"2k": Bar("more", 0.45, 0.7), "100k": Bar("more", 0.15, 0.4)}
PAGE_QUERIES = Bar("less", 12, 6)
STALE = Bar("less", 0, 0)
STALE_WITHOUT_CHECK = Bar("more", 1, 1)
BYTES = Bar("less", 600, 350)
ATTACH = Bar("less", 1, 0.2)

NOT_YET = (
    Line("assignment with floors / one min-cost flow, M = 5,000", None, note="not part yet (bar ≤ 4)"),
    Line("placed by assignment / first come first served", None, note="not part yet (bar ≥ 1.12)"),
    Line("follow-up ticker / APScheduler job each", None, note="not part yet (bar ≥ 40)"),
    Line("follow-ups doubled, lost with 2 processes and kill -9", None, note="not part yet (bar 0, 0)"),
)
