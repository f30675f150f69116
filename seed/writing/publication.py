"""Who may see what of the catalogue (公開範囲).

Each entry says who may see it; absent means the staff only. An opportunity is seen only with its organization. For a
site the word is about its exact address: others learn that it exists when something they may see happens there.
"""

from __future__ import annotations

from typing import Any

from seed.writing.catalogue import Audience, Catalogue, Record

_REACH: dict[str, frozenset[str]] = {"public": frozenset({"public", "partners"}), "partners": frozenset({"partners"})}

STAFF_ONLY = frozenset(
    {
        "organization.contact",
        "organization.notes",
        "organization.status_reason",
        "site.phone",
        "site.extension",
        "site.notes",
        "opportunity.notes",
        "opportunity.emergency_procedure",
    }
)
"""Never leaves the office, whatever the publication."""

NOT_PUBLIC = frozenset(
    {
        "organization.status",
        "organization.status_until",
        "organization.concurrent_limit",
        "organization.placed_now",
        "organization.new_intakes_per_month",
        "organization.recent_intakes_on",
        "organization.rest_days_after_end",
        "organization.last_end_on",
        "organization.burden",
        "organization.confidentiality_explained_on",
        "organization.relation_owner",
        "organization.relation_since",
        "organization.last_contact_on",
        "organization.next_contact_on",
        "organization.typical_reply_days",
        "opportunity.placed_now",
        "opportunity.verified_by",
        "opportunity.provenance",
        "opportunity.source_evidence",
        "opportunity.worker_status_checked_on",
    }
)
"""Our work with the host, and counts and dates from which a person could be guessed: for agencies, not for the town."""

_EXACT_ADDRESS = frozenset({"address", "latitude", "longitude", "location_precision"})


def visible(catalogue: Catalogue, audience: Audience) -> Catalogue:
    """The part of the catalogue that `audience` may see. For the staff it is the catalogue itself."""
    if audience == "staff":
        return catalogue
    organizations = [record for record in catalogue.organizations if _may_see(record, audience)]
    hosts = {record["id"] for record in organizations}
    opportunities = [
        record
        for record in catalogue.opportunities
        if record["organization_id"] in hosts and _may_see(record, audience)
    ]
    used = {record.get("site_id") for record in opportunities}
    sites = [
        record
        for record in catalogue.sites
        if record["organization_id"] in hosts and (record["id"] in used or _may_see(record, audience))
    ]
    places, menus = {record["id"] for record in sites}, {record["id"] for record in opportunities}
    return Catalogue(
        [_shown("organization", record, audience) for record in organizations],
        [_site(record, audience) for record in sites],
        [_opportunity(record, audience, places, menus) for record in opportunities],
        catalogue.municipality,
        catalogue.calendar,
        catalogue.exported_on,
    )


def _may_see(record: Record, audience: Audience) -> bool:
    if record.get("status") == "restricted":  # a warning among the staff, not a notice to the town
        return False
    return audience in _REACH.get(record.get("publication", "staff"), frozenset())


def _shown(kind: str, record: Record, audience: Audience) -> dict[str, Any]:
    """Without what is not for the audience; nobody has said what an extension field (x_…) holds."""
    hidden = STAFF_ONLY | NOT_PUBLIC if audience == "public" else STAFF_ONLY
    return {key: value for key, value in record.items() if f"{kind}.{key}" not in hidden and not key.startswith("x_")}


def _site(record: Record, audience: Audience) -> dict[str, Any]:
    shown = _shown("site", record, audience)
    if _may_see(record, audience):
        return shown
    return {key: value for key, value in shown.items() if key not in _EXACT_ADDRESS}


def _opportunity(record: Record, audience: Audience, places: set[str], menus: set[str]) -> dict[str, Any]:
    shown = _shown("opportunity", record, audience)
    if shown.get("site_id") not in places:
        shown.pop("site_id", None)
    before = shown.pop("next_opportunity_ids", None)
    if before is not None:
        after = [other for other in before if other in menus]
        # An empty list would say that nothing follows; here something does, only not for these readers.
        if after or not before:
            shown["next_opportunity_ids"] = after
    if "slots" in shown:
        shown["slots"] = [
            {key: value for key, value in slot.items() if not key.startswith("x_")} for slot in shown["slots"]
        ]
    return shown
