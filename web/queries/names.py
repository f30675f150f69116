"""Names for the file ids that placements, consents and households carry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.account import Account
from models.opportunity import Opportunity
from models.organization import Organization
from models.participant import Participant


@dataclass(frozen=True)
class CatalogueNames:
    """File id to words, of opportunities and of organizations; an id nobody knows stays as it is."""

    opportunities: Mapping[str, str]
    organizations: Mapping[str, str]

    def opportunity(self, ref: str | None) -> str | None:
        return self.opportunities.get(ref, ref) if ref else None

    def organization(self, ref: str | None) -> str | None:
        return self.organizations.get(ref, ref) if ref else None


@dataclass(frozen=True)
class Relative:
    """A member of the household who is a participant too."""

    id: UUID
    name: str


def catalogue_names(
    session: Session, opportunities: Iterable[str | None], organizations: Iterable[str | None]
) -> CatalogueNames:
    """One query, none without ids."""
    wanted = [ref for ref in opportunities if ref]
    hosts = [ref for ref in organizations if ref]
    if not wanted and not hosts:
        return CatalogueNames({}, {})
    rows = session.exec(
        select(Organization.ref, Organization.name, Opportunity.ref, Opportunity.title)
        .outerjoin(Opportunity, col(Opportunity.organization_id) == col(Organization.id))
        .where(or_(col(Organization.ref).in_(hosts), col(Opportunity.ref).in_(wanted)))
    ).all()
    return CatalogueNames(
        {ref: title for _, _, ref, title in rows if ref is not None}, {ref: name for ref, name, _, _ in rows}
    )


def relatives(session: Session, refs: Iterable[str | None]) -> dict[str, Relative]:
    """Participants by their file id; one query, none without ids."""
    wanted = [ref for ref in refs if ref]
    if not wanted:
        return {}
    rows = session.exec(
        select(Participant.ref, Participant.id, Participant.display_name).where(col(Participant.ref).in_(wanted))
    ).all()
    return {ref: Relative(key, name) for ref, key, name in rows}


def account_names(session: Session, keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Who did something, by account; one query, none without keys."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    rows = session.exec(select(Account.id, Account.display_name).where(col(Account.id).in_(wanted))).all()
    return dict(rows)
