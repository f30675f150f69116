"""Everything of one municipality that an import compares with or an export hands on, read in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, select

from models.snapshots import age_on
from models.tables import (
    Assessment,
    Consent,
    District,
    Household,
    HouseholdMember,
    Opportunity,
    Organization,
    Participant,
    Placement,
    Site,
    Slot,
)
from seed.people_rows import participant_record
from seed.records import Record
from seed.rows import opportunity_record, organization_record, site_record

Row = TypeVar("Row", bound=SQLModel)


def _all(session: Session, table: type[Row]) -> list[Row]:
    return list(session.exec(select(table)).all())


def _grouped(rows: Sequence[Any], key: str) -> dict[UUID, list[Any]]:
    groups: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups


@dataclass
class Catalogue:
    """Rows of the catalogue by their file ids."""

    organizations: dict[str, Organization]
    sites: dict[str, Site]
    opportunities: dict[str, Opportunity]
    slots: dict[UUID, list[Slot]]
    districts: dict[str, District]

    @classmethod
    def read(cls, session: Session) -> Catalogue:
        return cls(
            organizations={row.ref: row for row in _all(session, Organization)},
            sites={row.ref: row for row in _all(session, Site)},
            opportunities={row.ref: row for row in _all(session, Opportunity)},
            slots=_grouped(_all(session, Slot), "opportunity_id"),
            districts={row.name: row for row in _all(session, District)},
        )

    # By key, made once and not for each record. Who adds rows knows them by their refs (seed.applying).
    @cached_property
    def _hosts(self) -> dict[UUID, str]:
        return {row.id: ref for ref, row in self.organizations.items()}

    @cached_property
    def _sites(self) -> dict[UUID, str]:
        return {row.id: ref for ref, row in self.sites.items()}

    @cached_property
    def _districts(self) -> dict[UUID, str]:
        return {row.id: name for name, row in self.districts.items()}

    def organization(self, ref: str) -> Record:
        return organization_record(self.organizations[ref]) if ref in self.organizations else {}

    def site(self, ref: str) -> Record:
        row = self.sites.get(ref)
        if row is None:
            return {}
        district = self._districts.get(row.district_id) if row.district_id else None
        return site_record(row, organization_ref=self._hosts[row.organization_id], district=district)

    def opportunity(self, ref: str) -> Record:
        row = self.opportunities.get(ref)
        if row is None:
            return {}
        site_ref = self._sites[row.site_id] if row.site_id else None
        slots = self.slots.get(row.id, [])
        return opportunity_record(row, slots, organization_ref=self._hosts[row.organization_id], site_ref=site_ref)


@dataclass
class People:
    """Rows of the participants by their file ids, each with its newest assessment."""

    participants: dict[str, Participant]
    assessments: dict[UUID, Assessment]
    consents: dict[UUID, list[Consent]]
    placements: dict[UUID, list[Placement]]
    members: dict[UUID, list[HouseholdMember]]
    households: dict[str, Household]
    districts: dict[str, District]

    @classmethod
    def read(cls, session: Session) -> People:
        newest: dict[UUID, Assessment] = {}
        for assessment in sorted(_all(session, Assessment), key=lambda row: row.version):
            newest[assessment.participant_id] = assessment
        return cls(
            participants={row.ref: row for row in _all(session, Participant)},
            assessments=newest,
            consents=_grouped(_all(session, Consent), "participant_id"),
            placements=_grouped(_all(session, Placement), "participant_id"),
            members=_grouped(_all(session, HouseholdMember), "participant_id"),
            households={row.ref: row for row in _all(session, Household)},
            districts={row.name: row for row in _all(session, District)},
        )

    @cached_property
    def _district_names(self) -> dict[UUID, str]:
        return {row.id: name for name, row in self.districts.items()}

    @cached_property
    def _household_refs(self) -> dict[UUID, str]:
        return {row.id: ref for ref, row in self.households.items()}

    def participant(self, ref: str, *, on: date) -> Record:
        row = self.participants.get(ref)
        if row is None:
            return {}
        return participant_record(
            row,
            self.assessments.get(row.id),
            consents=self.consents.get(row.id, []),
            placements=self.placements.get(row.id, []),
            members=self.members.get(row.id, []),
            household_ref=self._household_refs.get(row.household_id) if row.household_id else None,
            district=self._district_names.get(row.district_id) if row.district_id else None,
            age=age_on(row.birth_date, row.age, row.age_on, on),
        )


def catalogue_records(session: Session) -> tuple[list[Record], list[Record], list[Record]]:
    """(organizations, sites, opportunities) of the municipality, each by its file id."""
    store = Catalogue.read(session)
    return (
        [store.organization(ref) for ref in sorted(store.organizations)],
        [store.site(ref) for ref in sorted(store.sites)],
        [store.opportunity(ref) for ref in sorted(store.opportunities)],
    )


def participant_records(session: Session, *, on: date) -> list[Record]:
    """The municipality's participants; ages are counted on `on`."""
    store = People.read(session)
    return [store.participant(ref, on=on) for ref in sorted(store.participants)]
