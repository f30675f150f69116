"""How a place stands today: its state in words, when it was confirmed, and why somebody should telephone.

The host's state and the opportunity's own are two things (domain §2.5); the stricter counts, as for the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matching.rules.constraints.intake import TOO_HEAVY
from matching.rules.constraints.status import HOST_READY
from matching.vocabulary import ENUMS
from models.places import ListedHost, ListedOpportunity
from models.snapshots import stale_after_days
from web.wording import short_day

NOT_AGREED = ("prospect", "contacted", "visited")
LIMITED = ("full", "off_season", "resting")
"""States that end by themselves on their last day; of the others the day says when to speak again."""
CODES = ("open", "full", "off_season", "resting", "unverified", "prospect", "restricted", "withdrawn")
"""Of every list of states, in the order in which somebody seeks a place."""
TAKES_IN = ("open", "full")
IN_USE = ("open", "full", "off_season", "resting")
SEASON_ASKED_BEFORE = timedelta(weeks=6)

WHOLE_HOST = "受け入れ先全体の状態です"
STALE = "確認の期限が過ぎています"
NEVER = "まだ確認した日がありません"


@dataclass(frozen=True)
class State:
    """`code` is what one filters by; `over` that its last day has passed and nobody has said what is now."""

    code: str
    words: str
    note: str = ""
    until: date | None = None
    over: bool = False


@dataclass(frozen=True)
class Standing:
    """`stale` is a sentence, empty while the facts are fresh; `calls` are the reasons for a telephone call."""

    state: State
    confirmed: str | None
    stale: str
    calls: list[str]

    @property
    def rank(self) -> int:
        """What needs a call first; a name nobody has agreed with only after all places in use."""
        if self.calls and self.state.code in IN_USE:
            return -2
        return -1 if self.state.code == "unverified" else CODES.index(self.state.code)


def standing(opportunity: ListedOpportunity, host: ListedHost, *, on: date) -> Standing:
    """Both rows, read on a date."""
    state, verified = state_of(opportunity, host, on=on), opportunity.verified_on
    stale = ""
    if state.code in IN_USE or state.code == "unverified":
        due = verified + timedelta(days=stale_after_days(opportunity.stale_after_days, host.type)) if verified else None
        stale = NEVER if due is None else STALE if due < on else ""
    return Standing(state, short_day(verified, on=on) if verified else None, stale, _calls(state, stale, on))


def state_of(opportunity: ListedOpportunity, host: ListedHost, *, on: date) -> State:
    """The stricter of the two states; a place without room is full whatever it says of itself."""
    theirs, own = host.status or "unverified", opportunity.status or "unverified"
    if theirs not in HOST_READY:
        code = "prospect" if theirs in NOT_AGREED else theirs
        return _state(code, ENUMS["organization_status"].label(theirs), host.status_until, on, note=WHOLE_HOST)
    label = ENUMS["opportunity_status"].label
    if own not in ("open", "full"):
        return _state(own, label(own), opportunity.status_until, on)
    if (host.burden or {}).get("level") == TOO_HEAVY:
        return State("resting", "新しいお願いは止めています", "負担が重いと聞いています")
    for status, until, note in ((theirs, host.status_until, WHOLE_HOST), (own, opportunity.status_until, "")):
        if status == "full":
            return _state("full", label("full"), until, on, note=note)
    most, now = host.concurrent_limit, host.placed_now
    if most is not None and now is not None and now >= most:
        return State("full", label("full"), f"受け入れ先全体で、同時に{most}人まで")
    known = [number for number in (opportunity.open_places, opportunity.trial_places) if number is not None]
    if known and max(known) == 0:
        return State("full", label("full"), "空きがありません")
    return State("open", label("open"))


def _state(code: str, label: str, until: date | None, on: date, *, note: str = "") -> State:
    # A state that only a newer file knows is shown by its code, and asked about.
    code = code if code in CODES else "unverified"
    if until is None:
        return State(code, label, note)
    day = short_day(until, on=on)
    if code not in LIMITED:
        note = "・".join(part for part in (note, f"次に話す日は{day}") if part)
        return State(code, label, note, until, over=until < on)
    return State(code, f"{label} {day}まで", note, until, over=until < on)


def _calls(state: State, stale: str, on: date) -> list[str]:
    if state.code in ("restricted", "withdrawn"):
        return []
    found = []
    if state.over:
        limited = state.code in LIMITED
        found.append("この期限が過ぎています" if limited else "次に話す日を過ぎています")
    soon = state.code == "off_season" and state.until is not None and on <= state.until <= on + SEASON_ASKED_BEFORE
    if soon:
        found.append("もうすぐ始まる季節です")
    # Whoever rests is left in peace until the day they named.
    if stale and (state.code in (*TAKES_IN, "unverified") or state.over or soon):
        found.append(stale)
    return found
