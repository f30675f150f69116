"""Keys where doubling must not be: consents, placements, members, proposals; what stands doubled is mended first

Two applications of one file at once wrote consents twice on PostgreSQL. Of copies one stays, and a withdrawal of any
of them counts: nobody's "no" is lost by mending.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CONSENT = sa.table(
    "consent",
    *(sa.column(name, sa.Uuid()) for name in ("id", "participant_id")),
    *(sa.column(name) for name in ("position", "kind", "organization_ref", "method")),
    sa.column("fields", sa.JSON(none_as_null=True)),
    *(sa.column(name, sa.Date()) for name in ("given_on", "valid_until", "withdrawn_on")),
)
PLACEMENT = sa.table(
    "placement",
    *(sa.column(name, sa.Uuid()) for name in ("id", "participant_id")),
    *(
        sa.column(name)
        for name in ("position", "state", "opportunity_ref", "organization_ref", "reason", "end_outcome")
    ),
    *(sa.column(name, sa.Date()) for name in ("started_on", "said_on", "show_again_from", "ask_again_from")),
)
MEMBER = sa.table(
    "household_member",
    *(sa.column(name, sa.Uuid()) for name in ("id", "participant_id")),
    *(
        sa.column(name)
        for name in (
            *("position", "member_ref", "relation", "age_band", "lives_together", "gives_care", "wishes_known"),
            "contact_ok",
        )
    ),
)
PROPOSAL = sa.table(
    "proposal", *(sa.column(name, sa.Uuid()) for name in ("id", "round_id", "opportunity_id")), sa.column("rank")
)
CLOSED = ("declined", "ended", "host_declined")
ALONG_THE_WAY = (
    *("suggested", "picked", "shown", "later", "wants", "asked", "host_conditional", "host_ok", "disclosure_ok"),
    *("visit_set", "visited", "trial_set", "trial", "trial_done", "on_hold", "joined", "settling", "settled"),
)
OPEN = "state NOT IN ('declined', 'ended', 'host_declined')"
INDEXES: tuple[tuple[str, str, tuple[str, ...], str | None], ...] = (
    ("uq_consent_participant_id_position", "consent", ("participant_id", "position"), None),
    ("uq_consent_of_a_host", "consent", ("participant_id", "kind", "organization_ref", "given_on"), None),
    ("uq_consent_of_no_host", "consent", ("participant_id", "kind", "given_on"), "organization_ref IS NULL"),
    ("uq_placement_participant_id_position", "placement", ("participant_id", "position"), None),
    (
        "uq_placement_open_place",
        "placement",
        ("participant_id", "opportunity_ref"),
        f"{OPEN} AND opportunity_ref IS NOT NULL",
    ),
    (
        "uq_placement_open_host",
        "placement",
        ("participant_id", "organization_ref"),
        f"{OPEN} AND opportunity_ref IS NULL",
    ),
    ("uq_household_member_participant_id_member_ref", "household_member", ("participant_id", "member_ref"), None),
    ("uq_proposal_round_id_opportunity_id", "proposal", ("round_id", "opportunity_id"), None),
)


def upgrade() -> None:
    _mend(CONSENT, _same_consent, _one_consent)
    _mend(PLACEMENT, _same_placement, _furthest)
    _mend(MEMBER, _same_member, _filled)
    _mend(PROPOSAL, lambda row: (row["round_id"], row["opportunity_id"]), lambda copies: {})
    for table in (CONSENT, PLACEMENT):
        _number(table)
    for name, where_it_stands, columns, where in INDEXES:
        condition = None if where is None else sa.text(where)
        op.create_index(
            name, where_it_stands, list(columns), unique=True, sqlite_where=condition, postgresql_where=condition
        )


def downgrade() -> None:
    for name, table, *_ in reversed(INDEXES):
        op.drop_index(name, table_name=table)


Row = dict[str, Any]


def _mend(table: sa.TableClause, matter: Callable[[Row], Hashable], merged: Callable[[Sequence[Row]], Row]) -> None:
    """Of every group with the same matter the first stays, with what the group says together; None is no group."""
    order = table.c.position if "position" in table.c else table.c.rank
    groups: dict[Hashable, list[Row]] = {}
    for stored in op.get_bind().execute(sa.select(table).order_by(order, table.c.id)).mappings():
        row = dict(stored)
        if (key := matter(row)) is not None:
            groups.setdefault(key, []).append(row)
    for copies in groups.values():
        if len(copies) > 1:
            first, *others = copies
            op.execute(table.delete().where(table.c.id.in_([other["id"] for other in others])))
            if values := merged(copies):
                op.execute(table.update().where(table.c.id == first["id"]).values(**values))


def _same_consent(row: Row) -> Hashable:
    return row["participant_id"], row["kind"], row["organization_ref"], row["given_on"]


def _one_consent(copies: Sequence[Row]) -> Row:
    """Withdrawn where any copy is, as long as the shortest, and only the items that every copy names."""
    named = [copy["fields"] for copy in copies if copy["fields"] is not None]
    return {
        "withdrawn_on": _earliest(copy["withdrawn_on"] for copy in copies),
        "valid_until": _earliest(copy["valid_until"] for copy in copies),
        "fields": [one for one in named[0] if all(one in fields for fields in named)] if named else None,
        "method": next((copy["method"] for copy in copies if copy["method"] is not None), None),
    }


def _earliest(days: Iterable[Any]) -> Any:
    return min((day for day in days if day is not None), default=None)


def _same_placement(row: Row) -> Hashable:
    """Open ones at one place; of closed ones only what says exactly the same."""
    if row["state"] in CLOSED:
        return tuple((name, value) for name, value in row.items() if name not in ("id", "position"))
    place = row["opportunity_ref"]
    host = row["organization_ref"] if place is None else None
    return None if (place, host) == (None, None) else (row["participant_id"], place, host)


def _furthest(copies: Sequence[Row]) -> Row:
    furthest = max(
        copies, key=lambda copy: ALONG_THE_WAY.index(copy["state"]) if copy["state"] in ALONG_THE_WAY else -1
    )
    return {name: value for name, value in furthest.items() if name not in ("id", "position", "participant_id")}


def _same_member(row: Row) -> Hashable:
    return None if row["member_ref"] is None else (row["participant_id"], row["member_ref"])


def _filled(copies: Sequence[Row]) -> Row:
    names = [name for name in copies[0] if name not in ("id", "position", "participant_id")]
    return {name: next((copy[name] for copy in copies if copy[name] is not None), None) for name in names}


def _number(table: sa.TableClause) -> None:
    """Where two of one person stand at the same place of the list, all of theirs are numbered anew, in their order."""
    theirs: dict[Any, list[Row]] = {}
    for stored in op.get_bind().execute(sa.select(table).order_by(table.c.position, table.c.id)).mappings():
        theirs.setdefault(stored["participant_id"], []).append(dict(stored))
    for rows in theirs.values():
        if len({row["position"] for row in rows}) < len(rows):
            for position, row in enumerate(rows):
                op.execute(table.update().where(table.c.id == row["id"]).values(position=position))
