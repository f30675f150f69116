"""Which opportunities an edit touches: noted with the edit, read by whoever keeps a pool in memory.

The number of a change is the municipality's own counter, raised under its lock before anything of the edit is written.
So the order of numbers is the order of commits, and no edit is lost (a sequence would lose some: performance §2-2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, or_, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel, col, select

from models.catalogue_change import CatalogueChange
from models.municipality import District, Municipality
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.site import Site
from models.transit import TransitFeed

MOST_READ = 500
"""Changes that are read one by one, and edits of one change that are told one by one; after more of them a pool is
built anew."""
OF_ALL = (District, Municipality, TransitFeed)
OF_SOME = (Organization, Site, Opportunity, Slot)


def note(session: Session, municipality: UUID, rows: Iterable[SQLModel]) -> bool:
    """Of rows that are about to be written (new, modified or deleted): note what they touch. Whether they touch anything."""
    edits = [row for row in rows if isinstance(row, OF_SOME) or (isinstance(row, OF_ALL) and _matters(row))]
    if not edits:
        return False
    revision = _next_revision(session, municipality)
    anywhere = len(edits) > MOST_READ or any(isinstance(row, OF_ALL) or _moved_from_somewhere(row) for row in edits)
    refs = None if anywhere else sorted(_touched(session, edits))
    session.add(CatalogueChange(municipality_id=municipality, revision=revision, refs=refs))
    return True


def note_many(session: Session, municipality: UUID, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> bool:
    """The same for many new rows that are no objects."""
    if not rows or not issubclass(table, (*OF_ALL, *OF_SOME)):
        return False
    if len(rows) <= MOST_READ or issubclass(table, OF_ALL):
        return note(session, municipality, [table(**row) for row in rows])
    revision = _next_revision(session, municipality)
    session.add(CatalogueChange(municipality_id=municipality, revision=revision, refs=None))
    return True


def _next_revision(session: Session, municipality: UUID) -> int:
    counted = col(Municipality.catalogue_revision)
    revision: int = session.execute(
        update(Municipality)
        .where(col(Municipality.id) == municipality)
        .values(catalogue_revision=counted + 1)
        .returning(counted)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    known = session.identity_map.get(inspect(Municipality).identity_key_from_primary_key((municipality,)))
    if known is not None:
        set_committed_value(known, "catalogue_revision", revision)
    return revision


def changed_between(session: Session, seen: int, now: int) -> frozenset[str] | None:
    """Refs of the opportunities that were touched after revision `seen`, up to `now`; None where it may be any of them."""
    if not 0 <= now - seen <= MOST_READ:
        return None
    changes = session.exec(
        select(CatalogueChange.refs).where(CatalogueChange.revision > seen, CatalogueChange.revision <= now)
    ).all()
    if len(changes) < now - seen or None in changes:
        return None
    return frozenset(ref for refs in changes for ref in refs or ())


def _matters(row: SQLModel) -> bool:
    """Of what all places share: whether the catalogue reads differently for it. A new district has no places yet."""
    if isinstance(row, Municipality):
        return bool(inspect(row).attrs["calendar"].history.has_changes())
    return not (isinstance(row, District) and inspect(row).pending)


def _touched(session: Session, rows: Sequence[SQLModel]) -> set[str]:
    """What is new is told with its opportunity; the rest is looked up."""
    refs = {row.ref for row in rows if isinstance(row, Opportunity)}
    parents = {row.opportunity_id for row in rows if isinstance(row, Slot)}
    if parents:
        refs |= set(session.exec(select(Opportunity.ref).where(col(Opportunity.id).in_(parents))))
    hosts = {row.id for row in rows if isinstance(row, Organization) and _stored(row)}
    sites = {row.id for row in rows if isinstance(row, Site) and _stored(row)}
    middles = {district for row in rows if isinstance(row, Site) for district in _middles(row)}
    if hosts or sites or middles:
        nearly = col(Site.district_id).in_(middles) & or_(
            col(Site.located_level).is_(None), col(Site.located_level) == "municipality"
        )
        refs |= set(
            session.exec(
                select(Opportunity.ref)
                .outerjoin(Site, col(Site.id) == col(Opportunity.site_id))
                .where(or_(col(Opportunity.organization_id).in_(hosts), col(Opportunity.site_id).in_(sites), nearly))
            )
        )
    return refs


def _stored(row: SQLModel) -> bool:
    """Whether it was there before: what is new has no opportunities yet."""
    return not (inspect(row).pending or inspect(row).transient)


def _middles(site: Site) -> set[UUID]:
    """Districts whose middle moves with this site: places nobody has found stand there (models.districts)."""
    points = {site.latitude, *_before(site, "latitude")} - {None}
    return {district for district in (site.district_id, *_before(site, "district_id")) if district and points}


def _before(row: SQLModel, name: str) -> Sequence[Any]:
    """What a modified value was; nothing where it is as it was."""
    before: Sequence[Any] = inspect(row).attrs[name].history.deleted or ()
    return before


def _moved_from_somewhere(row: SQLModel) -> bool:
    """A site that was written over before it was read: nobody knows where it was."""
    if not isinstance(row, Site) or not inspect(row).persistent:
        return False
    changes = (inspect(row).attrs[name].history for name in ("latitude", "district_id"))
    return any(change.added and not change.deleted for change in changes)
