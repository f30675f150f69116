"""Which row a file tells of again with other details: the same consent, the same placement, the same member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from models.placement import CLOSED, Placement
from models.tables import Consent, HouseholdMember


def row_told_of(rows: Iterable[Any], values: Mapping[str, Any]) -> Any | None:
    """The one row of these (of one person and one table) that the values are about, if there is one.

    Of an open placement it is the open one at that place before any that is over: there is one open at a place.
    """
    fitting = [row for row in rows if _same_matter(row, values)]
    return min(fitting, key=lambda row: isinstance(row, Placement) and row.state in CLOSED, default=None)


def _same_matter(row: Any, values: Mapping[str, Any]) -> bool:
    if isinstance(row, Placement) and not {row.state, values["state"]} & CLOSED:
        return _place(row.opportunity_ref, row.organization_ref) == _place(
            values.get("opportunity_ref"), values.get("organization_ref")
        )
    return all(getattr(row, name) == values.get(name) for name in _keys(row, values))


def _place(opportunity: str | None, organization: str | None) -> tuple[str | None, str | None]:
    """The host counts where the place is not told."""
    return (opportunity, None) if opportunity else (None, organization)


def _keys(row: Any, values: Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(row, Consent):
        return "kind", "organization_ref", "given_on"
    if isinstance(row, HouseholdMember):
        return ("member_ref",) if values.get("member_ref") else ("member_ref", "relation", "age_band")
    return "opportunity_ref", "organization_ref"
