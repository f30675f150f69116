"""Write a plan into the records, in the caller's transaction: everything or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from models.placement import Placement
from models.scope import add_rows
from models.tables import (
    Assessment,
    Consent,
    District,
    Household,
    HouseholdMember,
    Municipality,
    Opportunity,
    Organization,
    Participant,
    Site,
    Slot,
)
from seed.lists.remembering import keep_list
from seed.matters import row_told_of
from seed.people_rows import IDENTITY, asked_none, consent_rows, member_rows
from seed.placement_rows import placement_rows
from seed.previewing import Planned, Preview
from seed.records import Record
from seed.rows import values_for, whole_row
from seed.store import Catalogue, People


@dataclass(frozen=True)
class Located:
    """Where an address was found, and how exactly (小字・大字・市町村)."""

    latitude: float
    longitude: float
    level: str


Locate = Callable[[str], Located | None]


@dataclass
class Outcome:
    """What an import did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    located: int = 0
    not_located: list[str] = field(default_factory=list)
    suggested: int = 0
    """Differences of a list that were noticed now."""
    vanished: list[str] = field(default_factory=list)
    """Names of rows that the list no longer has."""


NEW_IN_ORDER = (
    Organization, Site, Opportunity, Slot, Household, Participant, Assessment, Consent, Placement, HouseholdMember
)  # fmt: skip
"""What is written in one go; each refers to those before it."""


def apply(
    session: Session,
    plan: Preview,
    *,
    at: datetime,
    on: date,
    locate: Locate | None = None,
    walk: Callable[[list[Planned]], Iterable[Planned]] = iter,
) -> Outcome:
    """Write everything that is new or changed. `at` stamps new assessments, `on` is the day ages are counted.

    `walk` goes through the plan, so that whoever calls can show how far it is.
    """
    outcome = Outcome()
    districts = _districts(session, plan.new_districts)
    if plan.calendar_changes and plan.calendar is not None:
        municipality = session.exec(select(Municipality)).one()
        municipality.calendar = plan.calendar
    writer = _Writer(session, districts, outcome, at=at, on=plan.counted_on or on, locate=locate)
    for one in walk(plan.planned):
        if one.action == "unchanged":
            outcome.unchanged += 1
            continue
        writer.write(one)
        if one.action == "new":
            outcome.new += 1
        else:
            outcome.changed += 1
    writer.finish()
    if plan.listed is not None:
        keep_list(session, plan.listed, at=at, on=on)
        outcome.suggested = len(plan.listed.suggestions)
        outcome.vanished = [one.name for one in plan.listed.vanished]
    return outcome


def _districts(session: Session, new: list[str]) -> dict[str, UUID]:
    for name in new:
        session.add(District(name=name))
    session.flush()
    return {district.name: district.id for district in session.exec(select(District)).all()}


class _Writer:
    """Takes one planned record after another and writes them all at the end, table by table: what is new in a few
    statements, so that nobody waits long for the lock. Rows are found by their file ids."""

    def __init__(
        self,
        session: Session,
        districts: dict[str, UUID],
        outcome: Outcome,
        *,
        at: datetime,
        on: date,
        locate: Locate | None,
    ) -> None:
        self._session = session
        self._districts = districts
        self._outcome = outcome
        self._at, self._on, self._locate = at, on, locate
        self._places = Catalogue.read(session)
        self._people = People.read(session)
        self._organizations = {ref: row.id for ref, row in self._places.organizations.items()}
        self._sites = {ref: row.id for ref, row in self._places.sites.items()}
        self._opportunities = {ref: row.id for ref, row in self._places.opportunities.items()}
        self._households = {ref: row.id for ref, row in self._people.households.items()}
        self._changed: list[tuple[Any, dict[str, Any]]] = []
        self._new: dict[type[Any], list[dict[str, Any]]] = {table: [] for table in NEW_IN_ORDER}

    def finish(self) -> None:
        """Write all that was taken: what has ended makes room, what is new stands before what now refers to it."""
        self._session.flush()
        for table, rows in self._new.items():
            add_rows(self._session, table, rows)
        for row, values in self._changed:
            for name, value in values.items():
                setattr(row, name, value)
        self._session.flush()

    def write(self, one: Planned) -> None:
        {
            "organization": self._organization,
            "site": self._site,
            "opportunity": self._opportunity,
            "participant": self._participant,
        }[one.kind](one.record)

    def _kept(
        self, table: type[Any], rows: dict[str, Any], ids: dict[str, UUID], record: Record, **values: Any
    ) -> UUID:
        """The key of a record's row: the row that is there gets the record's columns laid over it, a new one is kept
        for the end."""
        columns = {**values_for(table, record), **values}
        row = rows.get(record["id"])
        if row is None:
            return self._add(table, columns, ids)
        self._lay_over(row, columns)
        return ids[record["id"]]

    def _lay_over(self, row: Any, values: dict[str, Any]) -> None:
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed:
            self._changed.append((row, changed))

    def _add(self, table: type[Any], values: dict[str, Any], ids: dict[str, UUID] | None = None) -> UUID:
        row = whole_row(table, values)
        self._new[table].append(row)
        key: UUID = row["id"]
        if ids is not None:
            ids[row["ref"]] = key
        return key

    def _district(self, record: Record) -> UUID | None:
        return self._districts[record["district"]] if record.get("district") else None

    def _organization(self, record: Record) -> None:
        self._kept(Organization, self._places.organizations, self._organizations, record)

    def _site(self, record: Record) -> None:
        self._kept(
            Site,
            self._places.sites,
            self._sites,
            record,
            organization_id=self._organizations[record["organization_id"]],
            district_id=self._district(record),
            **self._found(record),
        )

    def _found(self, record: Record) -> dict[str, Any]:
        """Where the address lies, for a site that nobody gave coordinates; kept apart, with its level."""
        nothing = {"located_latitude": None, "located_longitude": None, "located_level": None, "located_from": None}
        address = record.get("address")
        if "latitude" in record or not address or self._locate is None:
            return nothing
        found = self._locate(address)
        if found is None:
            self._outcome.not_located.append(record["name"])
            return nothing
        self._outcome.located += 1
        return {
            "located_latitude": found.latitude,
            "located_longitude": found.longitude,
            "located_level": found.level,
            "located_from": address,
        }

    def _opportunity(self, record: Record) -> None:
        key = self._kept(
            Opportunity,
            self._places.opportunities,
            self._opportunities,
            record,
            organization_id=self._organizations[record["organization_id"]],
            site_id=self._sites.get(record.get("site_id", "")),
            slots_known="slots" in record or None,
        )
        for slot in self._places.slots.pop(key, []):
            self._session.delete(slot)
        for position, slot in enumerate(record.get("slots", ())):
            self._add(Slot, {**values_for(Slot, slot), "opportunity_id": key, "position": position})

    def _participant(self, record: Record) -> None:
        identity = {
            name: value for name, value in values_for(Participant, record).items() if name in (*IDENTITY, "ref")
        }
        identity["age_on"] = self._on if identity["age"] is not None else None
        identity["district_id"] = self._district(record)
        identity["household_id"] = self._household(record)
        identity["asked_none"] = asked_none(record)
        row = self._people.participants.get(record["id"])
        if row is None:
            key = self._add(Participant, identity)
        else:
            key = row.id
            self._lay_over(row, identity)
        self._assess(key, record)
        self._replace(key, Consent, self._people.consents, consent_rows(record))
        self._replace(key, Placement, self._people.placements, placement_rows(record))
        self._replace(key, HouseholdMember, self._people.members, member_rows(record))

    def _household(self, record: Record) -> UUID | None:
        ref = record.get("household", {}).get("id")
        if not ref:
            return None
        return self._households.get(ref) or self._add(Household, {"ref": ref}, self._households)

    def _assess(self, participant_id: UUID, record: Record) -> None:
        """A changed judgement is a new version; the old one stays as it was."""
        values = values_for(Assessment, record)
        newest = self._people.assessments.get(participant_id)
        if newest is not None and all(getattr(newest, name) == value for name, value in values.items()):
            return
        version = newest.version + 1 if newest else 1
        self._add(Assessment, {**values, "participant_id": participant_id, "version": version, "recorded_at": self._at})

    def _replace(
        self, participant_id: UUID, table: type[Any], known: dict[UUID, list[Any]], wanted: list[dict[str, Any]]
    ) -> None:
        """Keep the rows that are told of again, add the new ones; what the file does not know is never removed."""
        left = list(known.get(participant_id, []))
        highest = max((one.position for one in left), default=-1)
        for position, values in enumerate(wanted):
            same = next(
                (one for one in left if all(getattr(one, name) == value for name, value in values.items())), None
            )
            if same is not None:
                left.remove(same)
                continue
            told_before = row_told_of(left, values)
            if told_before is not None:
                left.remove(told_before)
                self._lay_over(told_before, values)
                continue
            highest = max(highest + 1, position)
            self._add(table, {**values, "participant_id": participant_id, "position": highest})
