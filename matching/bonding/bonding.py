"""関係づくり期 (stage 0): what can be done now, while no outside place is shown. Domain §3.6, H16, scene 1 of §7.1, K-09.

Nothing here hurries anybody: a letter asks for no answer, an idea may be left lying, a question may wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.bonding.home_ideas import AT_HOME
from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from matching.question.answers import Candidate

STAGE = 0
FAMILY_PLACE = "family_meeting"
MOST_IDEAS = MOST_TOPICS = MOST_MEETINGS = 2
MOST_ONLINE = 3
KEPT_ROWS = 40

HURRY = "急がなくて大丈夫です。会えない日があっても、ここまでの関わりはなくなりません。"
OUTSIDE = (
    "外の場所は、いまは出していません。知らない場所や人の前に、安心して話せる人が一人いることを大事にする時期だからです。"
    "本人から「行ってみたい」という声が聞けたら、見立てを見直して、もう一度提案をつくれます。"
)
ASK_AT_HOME = "「家で、何をしているときが楽ですか」と、急がずに聞いてみます。"
NOTHING_ONLINE = "家から参加できるとわかっている場は、いまの候補にはありません。あわてて探さなくて大丈夫です。"
ASK_FAMILY = "「いっしょに暮らしている人はいますか。その人も、話せる場所があるとよいですか」と聞いてみます。"
LIVES_ALONE = "いっしょに暮らす人はいないと聞いています。「気にかけてくれる人はいますか」と、急がずに聞いてみます。"


@dataclass(frozen=True)
class Bonding:
    """いまできること, in words. A question stands where nothing is known; refs are those of the catalogue."""

    hurry: str
    letter: str
    at_home: tuple[str, ...]
    at_home_question: str | None
    online: tuple[str, ...]
    online_none: str | None
    family_question: str | None
    family_none: str | None
    outside: str


def bonding(
    profile: ParticipantProfile,
    pool: OpportunityPool,
    *,
    candidates: Sequence[Candidate],
    others: Sequence[Candidate],
    family: bool | None,
) -> Bonding:
    """What the page of somebody at stage 0 begins with.

    `family` is whether somebody lives with the person, None where nobody has asked. Places to join from home are taken
    from the candidates; only where there are none, from the other places without objection.
    """
    online = _from_home(candidates, pool) or _from_home(others, pool)
    ideas = _at_home(profile)
    return Bonding(
        hurry=HURRY,
        letter=_letter(profile),
        at_home=ideas,
        at_home_question=None if ideas else ASK_AT_HOME,
        online=online,
        online_none=None if online else NOTHING_ONLINE,
        family_question=ASK_FAMILY if family is None else None,
        family_none=LIVES_ALONE if family is False else None,
        outside=OUTSIDE,
    )


def family_meetings(profile: ParticipantProfile, pool: OpportunityPool, *, on: date) -> tuple[Candidate, ...]:
    """Places for families that a relative nobody has asked yet could be told of; the person's own bars hold for them."""
    found = propose(_relative(profile), pool, on=on)
    listed = (*found.candidates, *found.not_shown.others(KEPT_ROWS))
    return tuple(one for one in listed if FAMILY_PLACE in pool.facts[one.row].activity_types)[:MOST_MEETINGS]


def _letter(profile: ParticipantProfile) -> str:
    topics = "や".join(f"「{text}」" for text in _texts(profile)[:MOST_TOPICS])
    about = f"{topics}のことを、一行だけ書くのもよさそうです。" if topics else "天気や季節のことだけでも十分です。"
    no_telephone = "non_phone_contact" in (*profile.required_accommodations, *profile.preferred_accommodations)
    way = "電話は使わず、" if no_telephone or "phone_calls" in profile.fears else ""
    return f"{way}短い手紙か、ひとことのメモを届けます。{about}「お返事はいりません」と書き添えます。"


def _at_home(profile: ParticipantProfile) -> tuple[str, ...]:
    """One or two ideas from what the person is known to like, in the order they said it."""
    kinds = [AT_HOME[code] for code in profile.interest_types if code in AT_HOME and code not in _unwanted(profile)]
    texts = [f"「{text}」の本や写真を一つ、見ても見なくてもよいように置いていきます。" for text in _texts(profile)]
    return tuple(dict.fromkeys([*kinds, *texts]))[:MOST_IDEAS]


def _texts(profile: ParticipantProfile) -> list[str]:
    return [text for text in profile.interest_texts if text not in _unwanted(profile)]


def _unwanted(profile: ParticipantProfile) -> set[str | None]:
    return {told for one in profile.dislikes for told in (one.code, one.text)}


def _from_home(listed: Sequence[Candidate], pool: OpportunityPool) -> tuple[str, ...]:
    joined = [one.opportunity_ref for one in listed if pool.facts[one.row].online == "yes"]
    return tuple(joined[:MOST_ONLINE])


def _relative(profile: ParticipantProfile) -> ParticipantProfile:
    """Somebody of the same house of whom nothing is known, but that a place for families may be theirs."""
    return ParticipantProfile(
        participant_ref=profile.participant_ref,
        district=profile.district,
        latitude=profile.latitude,
        longitude=profile.longitude,
        home_error_km=profile.home_error_km,
        barred_organizations=profile.barred_organizations,
        barred_opportunities=profile.barred_opportunities,
        barred_districts=profile.barred_districts,
        age=None,
        may_work_from=None,
        needs=("family_support",),
        own_words=(),
        interest_types=(FAMILY_PLACE,),
        interest_texts=(),
        strength_types=(),
        strength_texts=(),
        can_teach=(),
        dislikes=(),
        fears=(),
        capacities=(None, None, None, None, None),
        stretch_axes=None,
        stage=None,
        required_accommodations=(),
        preferred_accommodations=(),
        work_limits=(),
        work_limits_asked=False,
        max_lift_kg=None,
        allergies={},
        near_home=None,
        transport=None,
        max_travel_minutes=None,
        available=None,
        blocked=(),
        frequency_goal=None,
        session_max_minutes=None,
        group_size=None,
        companions=(),
        restricted_ok=("family_members_only",),
        reward=None,
        cost_limit_yen=None,
        cost_limit_includes_travel=False,
        accompaniment=None,
        goal_path=(),
        placed_opportunities=frozenset(),
        placed_organizations=frozenset(),
        declined=(),
        host_declined=(),
    )
