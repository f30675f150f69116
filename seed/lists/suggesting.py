"""Which differences are new, which were noticed before, and which are no more (一覧との違い)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from models.listed import CLOSED, OPEN, Suggestion
from seed.lists.flat import flat
from seed.lists.merging import Difference, agrees
from seed.lists.planned import ListPlan
from seed.records import Record

Entry = tuple[str, str]


def suggest(
    session: Session,
    plan: ListPlan,
    differences: Sequence[Difference],
    *,
    after: Mapping[Entry, Record],
    spoken: set[Entry],
    town: str,
) -> None:
    """Put into the plan what is new and what is settled. What somebody decided once is not asked again.

    `after` are the entries as they would be, `spoken` those of which the list says something it could say otherwise.
    """
    noticed = session.exec(select(Suggestion).where(col(Suggestion.state) != CLOSED)).all()
    known = {(one.kind, one.target_ref, one.field, _text(one.value)): one for one in noticed}
    of_sites = {_text(one.value) for one in differences if one.kind == "site"}
    still: set[UUID] = set()
    renewed = set()
    for one in differences:
        if one.kind == "organization" and _text(one.value) in of_sites:
            continue  # the place says it already: nobody wants to decide the same twice
        earlier = known.get((one.kind, one.ref, one.field, _text(one.value)))
        if earlier is None:
            plan.suggestions.append(one)
            renewed.add((one.kind, one.ref, one.field))
        else:
            still.add(earlier.id)
            plan.waiting += earlier.state == OPEN
    for suggestion in noticed:
        entry = suggestion.kind, suggestion.target_ref
        if suggestion.state != OPEN or suggestion.id in still or entry not in after:
            continue
        own = suggestion.facility_list_id == plan.known
        replaced = own and (entry in spoken or (*entry, suggestion.field) in renewed)
        if replaced or agrees(flat(after[entry]), suggestion.value, town):
            plan.settled.append(suggestion.id)


def _text(value: Record) -> str:
    return repr(sorted(value.items()))
