"""The synthetic organizations: most are open, some rest, some have all they can carry, some were never asked."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from matching.inputs.facts import HostFacts
from tests.bench.activities import Activity
from tests.conftest import ON

STATES = ("open", "agreed", "full", "resting", "off_season", "unverified", "visited", "withdrawn")
SHARE_OF_STATES = (72, 8, 3, 5, 3, 3, 3, 3)
SURNAMES = [
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "松本",
    "井上",
    "木村",
    "林",
]
KINDS = ("農園", "会", "作業所", "商店", "クラブ", "のつどい", "工房", "サロン")


def host(draw: Random, activity: Activity) -> HostFacts:
    """A host without its ref."""
    status = draw.choices(STATES, SHARE_OF_STATES)[0]
    paused = status in ("full", "resting", "off_season")
    limit = draw.choice((None, 1, 2, 2, 3, 4))
    return HostFacts(
        ref="",
        name=draw.choice(SURNAMES) + draw.choice(KINDS),
        type=draw.choice(activity.hosts) if draw.random() < 0.97 else None,
        status=status,
        status_until=ON + timedelta(days=draw.randrange(-60, 120)) if paused and draw.random() < 0.5 else None,
        concurrent_limit=limit,
        placed_now=draw.choice((None, 0, 0, 1, 1, 2)),
        new_intakes_per_month=draw.choice((None, 1, 1, 2)),
        recent_intakes_on=tuple(ON - timedelta(days=draw.randrange(60)) for _ in range(draw.choice((0, 0, 1, 2)))),
        rest_days_after_end=draw.choice((None, 7, 14, 30)),
        last_end_on=ON - timedelta(days=draw.randrange(90)) if draw.random() < 0.25 else None,
        burden=draw.choices((None, 1, 2, 3, 4, 5), (20, 20, 25, 22, 9, 4))[0],
        typical_reply_days=draw.choice((None, 1, 2, 3, 5, 7)),
        relation_owner=draw.choice((None, "相談員A", "相談員B")),
    )
