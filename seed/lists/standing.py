"""What a host or a colleague has confirmed: a published list never changes it."""

from __future__ import annotations

from matching.vocabulary import VOCABULARIES
from models.tables import Opportunity, Organization
from seed.lists.keys import name_key
from seed.store import Catalogue

HOST_ANSWERED = "受け入れ先が答えた"
UNCONFIRMED = (None, "prospect", "unverified")
PUBLIC_SOURCE = "public_source"


def opportunity_confirmed(row: Opportunity) -> bool:
    """Whether the host has said so, or somebody took it beyond a name to call."""
    answered = VOCABULARIES["verification_methods"].group(row.verification_method or "") == HOST_ANSWERED
    return row.status not in UNCONFIRMED or (answered and row.verified_on is not None)


def organization_confirmed(row: Organization) -> bool:
    return row.status not in UNCONFIRMED


def confirmed_organizations(store: Catalogue) -> set[str]:
    """Organizations beyond a name to call, or of which one activity is."""
    hosts = {row.organization_id for row in store.opportunities.values() if opportunity_confirmed(row)}
    return {ref for ref, row in store.organizations.items() if row.id in hosts or organization_confirmed(row)}


def from_a_list(row: Opportunity) -> bool:
    """Whether only a published source vouches for it, so that another may fill it up."""
    return row.verification_method == PUBLIC_SOURCE and not opportunity_confirmed(row)


def confirmed_sites(store: Catalogue) -> set[str]:
    """Sites where a host has said something: an activity there, or the host itself being the place."""
    by_id = {row.id: ref for ref, row in store.sites.items()}
    hosts = {row.id: row for row in store.organizations.values()}
    sites = {
        by_id[row.site_id]
        for row in store.opportunities.values()
        if row.site_id is not None and opportunity_confirmed(row)
    }
    for ref, site in store.sites.items():
        host = hosts[site.organization_id]
        if organization_confirmed(host) and name_key(host.name) == name_key(site.name):
            sites.add(ref)
    return sites
