"""Remembering a list that was imported: its rows as they read now, what it says otherwise, what is gone from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.listed import CLOSED, FacilityList, ListedRow, Suggestion
from seed.lists.planned import ListPlan


def keep_list(session: Session, plan: ListPlan, *, at: datetime, on: date) -> None:
    """Write what was planned, in the caller's transaction."""
    kept = session.get(FacilityList, plan.known) if plan.known else None
    if kept is None:
        kept = FacilityList(key=plan.key, name=plan.name, imported_at=at)
    kept.name, kept.imported_at = plan.name, at
    kept.list_date = plan.day or kept.list_date
    session.add(kept)
    session.flush()
    _keep_rows(session, plan, kept, on=on)
    for one in plan.suggestions:
        session.add(
            Suggestion(
                kind=one.kind,
                target_ref=one.ref,
                field=one.field,
                value=one.value,
                facility_list_id=kept.id,
                list_date=plan.day,
                noticed_at=at,
            )
        )
    settled = set(plan.settled)
    if settled:
        for suggestion in session.exec(select(Suggestion).where(col(Suggestion.state) != CLOSED)).all():
            if suggestion.id in settled:
                suggestion.state, suggestion.decided_at = CLOSED, at
    session.flush()


def _keep_rows(session: Session, plan: ListPlan, kept: FacilityList, *, on: date) -> None:
    known = {row.id: row for row in session.exec(select(ListedRow).where(ListedRow.facility_list_id == kept.id)).all()}
    for one in plan.rows:
        values: dict[str, Any] = {
            "number": one.key.number,
            "name": one.key.name,
            "address": one.key.address,
            "told": one.told,
            "organization_ref": one.organization_ref,
            "site_ref": one.site_ref,
            "opportunity_ref": one.opportunity_ref,
            "seen_on": on,
            "vanished_on": None,
        }
        row = known.get(one.known) if one.known else None
        if row is None:
            session.add(ListedRow(facility_list_id=kept.id, **values))
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    for gone in plan.vanished:
        if gone.known in known:
            known[gone.known].vanished_on = plan.day or on
