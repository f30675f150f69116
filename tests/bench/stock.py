"""What the synthetic places are like, apart from where they are: 100,000 different ones, made in blocks when asked for.

A bigger region uses each of them again at another place, with another host. Nothing is ever known of everything:
every field has its share of unknowns, and all four values occur.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

from matching.inputs.facts import FourValues, HostFacts, OpportunityFacts, inherit_accommodations
from matching.inputs.recurrence import FourValue
from matching.vocabulary import VOCABULARIES
from tests.bench.activities import Activity, activities
from tests.bench.geography import SEED
from tests.bench.hosts import host
from tests.bench.slots import slots
from tests.conftest import ON

DIFFERENT = 100_000
BLOCK = 1_000
ASKED_ACCOMMODATIONS = (8, 12, 16, 22)
VARIANTS = 3_000
"""Different sets of answers about accommodations; 24 about the hazards and allergens of each activity."""
OPENINGS = (
    "はじめての人も大丈夫です",
    "見ているだけの日があってもよい",
    "一人で来る人が多い",
    "途中で帰ってもよい",
    "道具は貸します",
)
MANNERS = ("ゆっくり", "午前中に", "月に何度か", "みんなで", "それぞれのペースで", "静かに", "近所の人と", "少しずつ")
STEPS = (
    "入口で名前を書く",
    "道具を受け取る",
    "見本を見る",
    "わからない時は手をあげる",
    "終わったら手を洗う",
    "お茶を飲んで帰る",
)
SHARES: tuple[FourValue, ...] = ("yes", "yes", "yes", "conditional", "no", "unknown")


class Stock:
    """Opportunity number 0 … 99,999 without ref, place and town; hosts come in pairs of opportunities."""

    def __init__(self) -> None:
        self._blocks: dict[int, list[OpportunityFacts]] = {}

    def __getitem__(self, number: int) -> OpportunityFacts:
        block = number % DIFFERENT // BLOCK
        if block not in self._blocks:
            draw = Random(f"{SEED}-{block}")
            made: list[OpportunityFacts] = []
            for place in range(BLOCK):
                activity = draw.choice(activities())
                made.append(_opportunity(draw, activity, made[-1].host if place % 2 else host(draw, activity)))
            self._blocks[block] = made
        return self._blocks[block][number % BLOCK]


def _opportunity(draw: Random, activity: Activity, by: HostFacts) -> OpportunityFacts:
    roll = draw.random
    status = draw.choices(("open", "full", "off_season", "resting", "unverified", "withdrawn"), (84, 4, 3, 4, 3, 2))[0]
    paused = status in ("full", "off_season", "resting")
    drop_rule = draw.choice(("free", "free", "with_notice", "with_notice", "difficult", None))
    length = draw.choice((None, 30, 45, 60, 90, 120, 120, 180, 240))
    located = not activity.online and roll() > 0.01
    online = "yes" if activity.online else draw.choices(("no", "unknown", "conditional", "yes"), (86, 10, 2, 2))[0]
    return OpportunityFacts(
        ref="",
        title=activity.title,
        plain_description=f"{draw.choice(MANNERS)}{activity.words}。{draw.choice(OPENINGS)}。",
        role_offered=activity.role if roll() < 0.8 else "",
        task_texts=tuple(draw.sample(STEPS, draw.choice((0, 0, 2, 3)))),
        host=by,
        site_name=draw.choice(("作業所", "集会所", "畑", "センター", "店", "広場")) if located else None,
        district=None,
        latitude=0.0 if located else None,
        longitude=0.0 if located else None,
        place_error_km=draw.choice((0.0,) * 6 + (0.1, 1.0)) if located else 0.0,
        stop_mode=draw.choice(("bus", "bus", "bus", "train", None)) if located else None,
        stop_walk_minutes=draw.choice((None, 2, 4, 6, 9, 14)) if located else None,
        visible_from_street=draw.choice(SHARES) if located else "unknown",
        winter_access=draw.choice(SHARES) if located else "unknown",
        activity_types=activity.types if roll() < 0.97 else (),
        meets_needs=_some(draw, activity.needs, VOCABULARIES["participation_needs"].codes[:17]),
        loads=_loads(draw, activity),
        hazards=_values("hazards", activity.hazards, draw.randrange(24)),
        heaviest_lift_kg=float(draw.choice((3, 5, 10, 20))) if "heavy_lifting" in activity.hazards else None,
        allergens=_values("allergens", activity.allergens, draw.randrange(24)),
        accommodations=_accommodations(draw.randrange(VARIANTS), drop_rule, online),
        min_age=draw.choice((None,) * 7 + (15, 18, 20, 65)),
        max_age=draw.choice((None,) * 14 + (39, 75)),
        age_flexible=draw.choice(SHARES),
        restricted_to=(draw.choice(VOCABULARIES["restrictions"].codes),) if roll() < 0.08 else (),
        self_commute_required=draw.choice(SHARES),
        accompaniment_required=draw.choice(("yes", "no", "no", "no", "no", "unknown")),
        minors_ok=draw.choice(SHARES),
        introduction_required=draw.choice(("yes", "no", "no", "unknown")),
        capacity_total=draw.choice((None, 2, 3, 5, 8, 15)),
        open_places=draw.choice((None, 0, 1, 1, 2, 2, 3, 5)),
        trial_places=draw.choice((None, 0, 1, 1, 2)),
        placed_now=draw.choice((None, 0, 1, 2, 3)),
        visit_ok=draw.choice(SHARES),
        trial_ok=draw.choice(SHARES),
        observe_only_ok=draw.choice(SHARES),
        online=online,
        min_stay_minutes=length and draw.choice((None, length // 2, length // 2, length)),
        session_minutes=length,
        min_frequency=draw.choice((None, "monthly", "two_three_monthly", "weekly")),
        group_size=activity.size if roll() < 0.95 else None,
        talk_level=max(0, min(4, activity.talk + draw.choice((-1, 0, 0, 0, 1)))) if roll() < 0.95 else None,
        age_bands_present=tuple(draw.sample(("18_29", "30_49", "50_64", "65_plus"), draw.randrange(3))),
        mix={code: draw.choice(SHARES) for code in VOCABULARIES["companions"].codes if roll() < 0.25},
        drop_rule=drop_rule,
        slots=slots(draw, activity.season),
        engagement_type=activity.engagement if roll() < 0.96 else None,
        reward_yen=draw.choice((500, 1000, 2000)) if activity.engagement == "paid_volunteer" else draw.choice((0, 0, None)),
        reward_per="session" if activity.engagement == "paid_volunteer" else None,
        worker_status_checked_on=ON - timedelta(days=60) if "work" in activity.engagement else None,
        cost_yen=draw.choice((None, 0, 0, 0, 0, 100, 300, 500, 1500)),
        cost_per=None,
        cost_waivable=draw.choice(SHARES),
        insurance_kind=draw.choice((None, None, *VOCABULARIES["insurance_kinds"].codes[:4], "host_accident_liability")),
        insurance_from=date(2026, 4, 1) if roll() < 0.5 else None,
        insurance_until=draw.choice((None, date(2027, 3, 31), date(2027, 3, 31), date(2026, 10, 31))),
        pickup=draw.choices(("no", "unknown", "conditional", "yes"), (60, 25, 7, 8))[0],
        pickup_districts=None,
        pickup_days=frozenset(draw.sample(range(5), 2)) if roll() < 0.1 else None,
        emergency_24h="yes" if activity.emergency else draw.choice(("no", "no", "unknown")),
        next_opportunities=(),
        status=status,
        status_until=ON + timedelta(days=draw.randrange(-40, 120)) if paused and roll() < 0.6 else None,
        verified_on=ON - timedelta(days=draw.randrange(240)) if roll() < 0.95 else None,
        verification_method=draw.choice((None, "site_visit", "phone")),
        stale_after_days=draw.choice((90, 90, 90, 180)),
    )  # fmt: skip


def _loads(draw: Random, activity: Activity) -> tuple[int | None, int | None, int | None, int | None, int | None]:
    levels = [
        None if draw.random() < 0.04 else max(0, min(4, level + draw.choice((-1, 0, 0, 0, 1))))
        for level in activity.loads
    ]
    outing, people, duration, body, voice = levels
    return outing, people, duration, body, voice


def _some(draw: Random, typical: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    if draw.random() < 0.04:
        return ()
    return tuple(dict.fromkeys((*typical, draw.choice(others)) if draw.random() < 0.4 else typical))


@cache
def _values(name: str, present: tuple[str, ...], variant: int) -> FourValues:
    """What is typical is there, or can be left out; of the rest most is known not to be."""
    draw = Random(f"{SEED}-{name}-{present}-{variant}")
    return {
        code: draw.choice(("yes", "yes", "conditional")) if code in present else draw.choice(("no",) * 9 + ("unknown",))
        for code in VOCABULARIES[name].codes
        if code in present or draw.random() < 0.8
    }


@cache
def _accommodations(variant: int, drop_rule: str | None, online: FourValue) -> FourValues:
    draw = Random(f"{SEED}-accommodations-{variant}")
    asked = draw.sample(VOCABULARIES["accommodations"].codes, draw.choice(ASKED_ACCOMMODATIONS))
    unknown: FourValue = "unknown"
    return inherit_accommodations(
        {code: draw.choice(SHARES) for code in asked},
        step_free=unknown,
        western_toilet=unknown,
        multipurpose_toilet=unknown,
        quiet_space=unknown,
        heating=unknown,
        cooling=unknown,
        drop_rule=drop_rule,
        online=online,
    )
