"""Deciding what a published list says otherwise: take its value over, or leave ours."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.listed import ACCEPTED, DISMISSED, OPEN, Suggestion
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.places import Place
from models.site import Site
from models.suggestions import entries_of, suggestion_here
from seed.lists.merging import group_of
from seed.rows import values_for
from web.services.errors import NotFoundError, ServiceError


class DecidedError(ServiceError):
    """Somebody has decided it meanwhile."""


def decide(session: Session, here: Place, suggestion_id: UUID, *, accept: bool | None, by: UUID, at: datetime) -> None:
    """Take the value of the list over, or leave ours; None decides nothing. The caller holds the catalogue.

    NotFoundError where it is not about this place, DecidedError where it was decided before.
    """
    suggestion = suggestion_here(session, suggestion_id)
    entries = entries_of(here.opportunity, here.host, here.site)
    if suggestion is None or (suggestion.kind, suggestion.target_ref) not in entries:
        sentence = "その一覧との違いは見つかりません。"
        raise NotFoundError(sentence)
    if accept is None:
        return
    if suggestion.state != OPEN:
        sentence = "この一覧との違いは、ほかの人か別の画面が先に決めていました。いまの内容を確かめてください。"
        raise DecidedError(sentence)
    if accept:
        _take_over(session, suggestion, entries[suggestion.kind, suggestion.target_ref])
    suggestion.state = ACCEPTED if accept else DISMISSED
    suggestion.decided_by, suggestion.decided_at = by, at
    session.add(suggestion)
    session.flush()


def _take_over(session: Session, suggestion: Suggestion, row: object) -> None:
    """Fields that belong together change together: a telephone loses the extension of the old one."""
    values = {name: suggestion.value.get(name) for name in group_of(suggestion.kind, suggestion.field)}
    if isinstance(row, Opportunity) and suggestion.field == "slots":
        _replace_slots(session, row, suggestion.value["slots"])
        return
    if isinstance(row, Organization) and suggestion.field == "phone":
        others = {name: value for name, value in (row.contact or {}).items() if name not in values}
        row.contact = others | {name: value for name, value in values.items() if value is not None}
    else:
        for name, value in values.items():
            setattr(row, name, value)
        if isinstance(row, Site) and suggestion.field in ("address", "latitude"):
            _forget_where(row)
    session.add(row)


def _forget_where(site: Site) -> None:
    """What geocoding found belongs to the address of before."""
    site.located_latitude = site.located_longitude = None
    site.located_level = site.located_from = None


def _replace_slots(session: Session, row: Opportunity, slots: list[dict[str, object]]) -> None:
    for slot in session.exec(select(Slot).where(col(Slot.opportunity_id) == row.id)).all():
        session.delete(slot)
    session.flush()
    for position, slot_ in enumerate(slots):
        session.add(Slot(opportunity_id=row.id, position=position, **values_for(Slot, slot_)))
    row.slots_known = True
    session.add(row)
