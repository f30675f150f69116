"""Two hundred people who ask (performance §1, Queries): homes by inhabitants, reach 2, 6, 20 and 40 km."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from matching.inputs.profile import Dislike, OwnWords, ParticipantProfile, PastAnswer, TravelMode
from matching.inputs.recurrence import Recurrence
from matching.travel.travel_minutes import SPEEDS
from matching.vocabulary import ENUMS, VOCABULARIES
from tests.bench.activities import Activity, activities
from tests.bench.geography import Region
from tests.bench.towns import ref_of
from tests.conftest import ON

QUERY_SEED = 11
REACHES = ((2, "walk"), (6, "bicycle"), (20, "own_car"), (20, "family_car"), (40, "own_car"))
SHARE_OF_REACHES = (30, 25, 20, 10, 15)
WINDOWS = ((9 * 60, 12 * 60), (10 * 60, 16 * 60), (13 * 60, 17 * 60), (8 * 60, 18 * 60), (18 * 60, 21 * 60))
NEEDS = VOCABULARIES["participation_needs"].codes[:17]


def people(region: Region, count: int, *, places: int) -> list[ParticipantProfile]:
    """The same people for the same region; `places` is how many refs there are to have declined or to go to."""
    homes = region.positions(count, stream=QUERY_SEED)
    return [
        _person(
            Random(f"{QUERY_SEED}-{number}"),
            f"p{number:04d}",
            (float(homes.latitude[number]), float(homes.longitude[number]), homes.district(number)),
            places,
        )
        for number in range(count)
    ]


def reach_km(profile: ParticipantProfile) -> float:
    """How far the person gets without a timetable: the longest of their own ways."""
    return max(
        (travel.max_minutes - SPEEDS[travel.mode].overhead_minutes) * SPEEDS[travel.mode].km_per_hour
        / (60 * SPEEDS[travel.mode].detour)
        for travel in profile.transport or ()
        if travel.mode in dict(map(reversed, REACHES)) and travel.max_minutes is not None
    )  # fmt: skip


def _person(draw: Random, ref: str, home: tuple[float, float, str], places: int) -> ParticipantProfile:
    roll = draw.random
    liked, skilled = draw.choice(activities()), draw.choice(activities())
    stage = draw.choices((None, 0, 1, 2, 3, 4, 5), (4, 3, 15, 28, 25, 17, 8))[0]
    asked = draw.sample(VOCABULARIES["accommodations"].codes, draw.choice((0, 2, 4, 6)))
    required, preferred = asked[: draw.choice((0, 0, 1, 2))], asked[2:]
    transport = _ways(draw)
    return ParticipantProfile(
        participant_ref=ref,
        age=draw.choice((None, *range(15, 18), *range(15, 80))),
        may_work_from=None,
        district=home[2],
        latitude=home[0],
        longitude=home[1],
        home_error_km=draw.choice((0.0, 0.0, 0.1)),
        needs=("not_sure_yet",) if roll() < 0.08 else tuple(draw.sample(NEEDS, draw.choice((1, 2, 3)))),
        own_words=(OwnWords(text=f"{liked.title}なら、やってみたい", said_on=ON - timedelta(days=14)),),
        interest_types=liked.types if roll() < 0.85 else (),
        interest_texts=(liked.words, liked.title) if roll() < 0.7 else (),
        strength_types=skilled.types if roll() < 0.5 else (),
        strength_texts=(skilled.title,) if roll() < 0.3 else (),
        can_teach=(skilled.title,) if roll() < 0.08 else (),
        dislikes=_dislikes(draw, liked),
        fears=tuple(draw.sample(VOCABULARIES["fears"].codes, draw.choice((0, 1, 2, 4)))),
        capacities=_capacities(draw, stage),
        stretch_axes=draw.choice((None, (), ("outing",), ("people", "duration"))),
        stage=stage,
        required_accommodations=tuple(required),
        preferred_accommodations=tuple(preferred),
        work_limits=tuple(draw.sample(VOCABULARIES["hazards"].codes, draw.choice((0, 1, 2, 4)))),
        work_limits_asked=roll() < 0.85,
        max_lift_kg=draw.choice((None, None, 5.0, 10.0)),
        allergies={code: draw.choice(("yes", "no")) for code in draw.sample(VOCABULARIES["allergens"].codes, 2)},
        barred_organizations=frozenset({f"h{draw.randrange(places) // 2:07d}"}) if roll() < 0.05 else frozenset(),
        barred_opportunities=frozenset(),
        barred_districts=frozenset(),
        near_home=draw.choices((None, "prefer", "indifferent", "avoid", "never"), (20, 30, 25, 15, 10))[0],
        transport=transport,
        max_travel_minutes=draw.choice((None, max(travel.max_minutes or 0 for travel in transport))),
        available=None if roll() < 0.1 else tuple(_window(draw) for _ in range(draw.choice((1, 2, 3)))),
        blocked=(_window(draw),) if roll() < 0.15 else (),
        frequency_goal=draw.choice((None, *ENUMS["frequency"].codes[1:5])),
        session_max_minutes=draw.choice((None, 30, 60, 90, 120, 180)),
        group_size=draw.choice((None, "one_to_one", "small_2_4", "any_size")),
        companions=(),
        restricted_ok=(draw.choice(VOCABULARIES["restrictions"].codes),) if roll() < 0.3 else (),
        reward=draw.choices((None, "not_needed", "welcome", "needed"), (30, 40, 25, 5))[0],
        cost_limit_yen=draw.choice((None, 0, 300, 500, 1000)),
        cost_limit_includes_travel=roll() < 0.2,
        accompaniment=draw.choice((None, "first", "while", "always", "none")),
        goal_path=draw.choice(((), ("undecided",), ("ibasho_is_enough",), ("have_a_role", "try_work"), ("work",))),
        placed_opportunities=frozenset({ref_of(draw.randrange(places))}) if roll() < 0.2 else frozenset(),
        placed_organizations=frozenset(),
        declined=_answers(draw, places),
        host_declined=(),
    )


def _ways(draw: Random) -> tuple[TravelMode, ...]:
    kilometres, mode = draw.choices(REACHES, SHARE_OF_REACHES)[0]
    speed = SPEEDS[mode]
    minutes = round(kilometres * speed.detour * 60 / speed.km_per_hour + speed.overhead_minutes)
    ways = [(mode, minutes)]
    if kilometres <= 6 and draw.random() < 0.4:
        ways.append((draw.choice(("bus", "train", "host_pickup", "staff_car")), 30))
    home_by = draw.choice((None, None, None, 17 * 60))
    return tuple(
        TravelMode(
            mode=way, max_minutes=most, season=None, days=None, not_before=None,
            not_after=home_by if way == mode else None, cost_yen=220 if way in ("bus", "train") else 0,
        )
        for way, most in ways
    )  # fmt: skip


def _capacities(draw: Random, stage: int | None) -> tuple[int | None, int | None, int | None, int | None, int | None]:
    middle = 2 if stage is None else min(4, 1 + stage // 2)
    levels = [None if draw.random() < 0.06 else max(0, min(4, middle + draw.choice((-1, 0, 0, 1)))) for _ in range(5)]
    outing, people, duration, body, voice = levels
    return outing, people, duration, body, voice


def _dislikes(draw: Random, liked: Activity) -> tuple[Dislike, ...]:
    codes = [code for code in VOCABULARIES["activity_types"].codes if code not in liked.types]
    others = ("large_10_plus", "loud_noise", "children_present", "other_company")
    found = [Dislike(code=draw.choice(codes), text=None, absolute=draw.random() < 0.6)]
    if draw.random() < 0.3:
        found.append(Dislike(code=draw.choice(others), text=None, absolute=True))
    if draw.random() < 0.1:
        found.append(Dislike(code=None, text="大きな声で呼ばれること", absolute=True))
    return tuple(found[: draw.choice((0, 1, 3))])


def _window(draw: Random) -> Recurrence:
    start, end = draw.choice(WINDOWS)
    return Recurrence(
        days=frozenset(draw.sample(range(7), draw.choice((1, 2, 3, 5)))), dates=frozenset(), except_dates=frozenset(),
        start=start, end=end, pattern=None, valid_from=None, valid_until=None, season=None, school_period="any",
        on_holidays="yes",
    )  # fmt: skip


def _answers(draw: Random, places: int) -> tuple[PastAnswer, ...]:
    if draw.random() > 0.2:
        return ()
    again = draw.choice((None, ON - timedelta(days=10), ON + timedelta(days=30)))
    return (PastAnswer(opportunity_ref=ref_of(draw.randrange(places)), reason=None, again_from=again),)
