"""Placements as files tell of them: states have fewer names there, and refusals stand in lists of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.placement import Placement, PlacementState
from seed.records import Record
from seed.rows import parsed, present

FILE_STATES: Mapping[str, str] = {
    PlacementState.VISIT_SET: "visit",
    PlacementState.VISITED: "visit",
    PlacementState.TRIAL_SET: "trial",
    PlacementState.TRIAL: "trial",
    PlacementState.TRIAL_DONE: "trial",
    PlacementState.JOINED: "joined",
    PlacementState.SETTLING: "settling",
    PlacementState.SETTLED: "settled",
    PlacementState.ON_HOLD: "on_hold",
    PlacementState.ENDED: "ended",
}
STORED_STATES: Mapping[str, PlacementState] = {
    "visit": PlacementState.VISIT_SET,
    "trial": PlacementState.TRIAL,
    "joined": PlacementState.JOINED,
    "settling": PlacementState.SETTLING,
    "settled": PlacementState.SETTLED,
    "on_hold": PlacementState.ON_HOLD,
    "ended": PlacementState.ENDED,
}


def active_record(row: Placement) -> Record:
    state = FILE_STATES[row.state]
    return present(
        opportunity_id=row.opportunity_ref,
        organization_id=row.organization_ref,
        state=None if row.state_unstated else state,
        started_on=row.started_on,
        ended_on=row.ended_on,
    )


def declined_record(row: Placement) -> Record:
    return present(
        opportunity_id=row.opportunity_ref, reason=row.reason, on=row.said_on, show_again_from=row.show_again_from
    )


def host_declined_record(row: Placement) -> Record:
    return present(
        opportunity_id=row.opportunity_ref, reason=row.reason, on=row.said_on, ask_again_from=row.ask_again_from
    )


def placement_rows(record: Record) -> list[dict[str, Any]]:
    """Values of the placements that a participant's record tells of, in order."""
    rows: list[dict[str, Any]] = []
    for one in record.get("active_placements", ()):
        rows.append(
            {
                "state": STORED_STATES[one.get("state", "joined")],
                "state_unstated": "state" not in one,
                "opportunity_ref": one.get("opportunity_id"),
                "organization_ref": one.get("organization_id"),
                "started_on": parsed(one.get("started_on"), True),
                "ended_on": parsed(one.get("ended_on"), True),
            }
        )
        # Whoever says only that it ended has not said that nobody knows when it began.
        if rows[-1]["state"] == PlacementState.ENDED and "started_on" not in one:
            del rows[-1]["started_on"]
    for name, state, again in (
        ("declined", PlacementState.DECLINED, "show_again_from"),
        ("host_declined", PlacementState.HOST_DECLINED, "ask_again_from"),
    ):
        for one in record.get(name, ()):
            rows.append(
                {
                    "state": state,
                    "opportunity_ref": one.get("opportunity_id"),
                    "reason": one.get("reason"),
                    "said_on": parsed(one.get("on"), True),
                    again: parsed(one.get(again), True),
                }
            )
    return rows
