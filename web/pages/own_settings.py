"""One's own settings: where one is signed in, and what the municipality calls the two meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from matching.vocabulary import VOCABULARIES
from models.signing_in import SignInSession
from web.clock import TOKYO
from web.local_words import LocalWords
from web.pages.facts import Fact


@dataclass(frozen=True)
class Seat:
    """サインイン中の端末, as one line of one's own list."""

    session_id: UUID
    device: str
    started: str
    seen: str
    here: bool


def own_words(words: LocalWords) -> list[Fact]:
    """The words that differ from one municipality to the next (domain §1.1)."""
    bases = VOCABULARIES["meeting_bases"]
    return [
        Fact("地域の分け方", words.district),
        Fact(bases.label("article_106_6"), words.support_meeting),
        Fact(bases.label("guideline"), words.multi_agency_meeting),
    ]


def seats(sittings: Sequence[SignInSession], *, here: UUID, at: datetime) -> list[Seat]:
    """This browser first, then the others, the one used last on top."""
    lines = [
        Seat(
            session_id=sitting.id,
            device=sitting.device,
            started=_moment(sitting.started_at, at),
            seen=_moment(sitting.seen_at, at),
            here=sitting.id == here,
        )
        for sitting in sittings
    ]
    return sorted(lines, key=lambda seat: not seat.here)


def _moment(moment: datetime, at: datetime) -> str:
    """今日 9:05, or the date: a session may reach over midnight."""
    local, today = moment.astimezone(TOKYO), at.astimezone(TOKYO).date()
    day = "今日" if local.date() == today else f"{local.month}月{local.day}日"
    return f"{day} {local.hour}:{local:%M}"
