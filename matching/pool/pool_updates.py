"""Pools put together: a large one from chunks, and one in which some opportunities are told anew, without the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

from matching.columns.encodings import Ints, Refs, ref_column
from matching.columns.jagged import Pairs, Rows, Slots
from matching.columns.spatial_order import everywhere, order
from matching.columns.text import TextColumn
from matching.inputs.facts import OpportunityFacts
from matching.pool.building import build_pool
from matching.pool.joined_facts import gathered
from matching.pool.opportunity_pool import OpportunityPool, ranks

Column = TypeVar("Column", Pairs, Slots, TextColumn)
AT_A_TIME = 4_096
"""Rows of which what has no fixed width is moved at once: most such blocks stand together before as after."""


def join_pools(pools: Iterable[OpportunityPool]) -> OpportunityPool:
    """One pool of all their opportunities. They share calendar and timetable, and no ref stands in two of them."""
    parts = list(pools)
    if any((part.calendar, part.timetable) != (parts[0].calendar, parts[0].timetable) for part in parts):
        message = "pools of different calendars or timetables"
        raise ValueError(message)
    latitude, longitude, online, error_km = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("latitude", "longitude", "online", "place_error_km")
    )
    rows = order(latitude, longitude, everywhere(latitude, longitude, online, error_km))
    # A part of a pool, as it is left when some are told anew, is moved at once from where its rows stand.
    wholes, stand = _wholes(parts)
    moved = stand[rows]
    refs = np.concatenate([whole.refs for whole in wholes])[moved]
    hosts, host = _one_list([part.hosts for part in parts], [part.host for part in parts])
    districts = tuple(sorted({name for part in parts for name in part.districts}))
    number = {name: place for place, name in enumerate(districts)}
    known = [np.array([*(number[name] for name in whole.districts), -1], dtype=np.int32) for whole in wholes]
    columns: dict[str, Any] = {
        "calendar": parts[0].calendar,
        "timetable": parts[0].timetable,
        "facts": gathered([part.facts for part in parts], rows),
        "refs": refs,
        "rank": ranks(refs),
        "host": host[rows],
        "hosts": hosts,
        "district": np.concatenate([to[whole.district] for whole, to in zip(wholes, known, strict=True)])[moved],
        "districts": districts,
        "pickup_districts": _blocks(_renumbered([whole.pickup_districts for whole in wholes], known), moved),
    }
    for field in dataclasses.fields(OpportunityPool):
        if field.name not in columns:
            columns[field.name] = _below([getattr(whole, field.name) for whole in wholes], moved)
    joined = OpportunityPool(**columns)
    for (name, on), (_, make) in wholes[0].kept.items():
        every = [part.once(name, on, make) for part in parts]
        joined.kept[name, on] = type(every[0]).stacked(every).take(rows), make
    return joined


def _wholes(parts: Sequence[OpportunityPool]) -> tuple[list[OpportunityPool], Rows]:
    """(the pools that the parts are of, where each row of the parts stands among all of theirs)."""
    wholes: list[OpportunityPool] = []
    stand: list[Rows] = []
    for part in parts:
        whole, rows = part.stands_in()
        stand.append((np.arange(len(part)) if rows is None else rows) + sum(map(len, wholes)))
        wholes.append(whole)
    return wholes, np.concatenate(stand)


def replaced(pool: OpportunityPool, refs: Iterable[str], facts: Iterable[OpportunityFacts]) -> OpportunityPool:
    """The pool without the opportunities of `refs`, and with these facts: told anew, or new. The others stay as they are.

    Facts of a host are told with each of its opportunities: whoever changes a host passes all of them.
    """
    told = build_pool(facts, pool.calendar, pool.timetable)
    left = np.ones(len(pool), dtype=bool)
    left[pool.rows_with({*refs, *told.refs.tolist()})] = False
    return join_pools([pool.take(np.flatnonzero(left)), told])


def _below(columns: Sequence[Any], rows: Rows) -> Any:
    first = columns[0]
    if not isinstance(first, np.ndarray):
        return _blocks(type(first).stacked(columns), rows)
    if first.ndim == 1:
        return np.concatenate(columns).take(rows)
    return np.concatenate([column.T for column in columns], axis=1).take(rows, axis=1).T


def _blocks(column: Column, rows: Rows) -> Column:
    """What has no fixed width, block by block."""
    starts = range(0, max(len(rows), 1), AT_A_TIME)
    return type(column).stacked([column.take(rows[start : start + AT_A_TIME]) for start in starts])


def _one_list(lists: Sequence[Refs], numbers: Sequence[Ints]) -> tuple[Refs, Ints]:
    """(the refs that are used, in order; each row's number among them)."""
    used = [
        np.flatnonzero(np.bincount(number, minlength=len(refs))) for refs, number in zip(lists, numbers, strict=True)
    ]
    every = np.concatenate([refs[kept] for refs, kept in zip(lists, used, strict=True)])
    if not len(every):
        return ref_column([]), np.zeros(0, dtype=np.int32)
    by_ref = np.argsort(every, kind="stable")
    ordered = every[by_ref]
    new = np.append(True, ordered[1:] != ordered[:-1])
    place = np.empty(len(every), dtype=np.int32)
    place[by_ref] = np.cumsum(new) - 1
    found, start = [], 0
    for refs, number, kept in zip(lists, numbers, used, strict=True):
        to = np.zeros(len(refs), dtype=np.int32)
        to[kept] = place[start : start + len(kept)]
        found.append(to[number])
        start += len(kept)
    return ordered[new], np.concatenate(found)


def _renumbered(pairs: Sequence[Pairs], moved: Sequence[Ints]) -> Pairs:
    return Pairs.stacked([Pairs(first=one.first, value=to[one.value]) for one, to in zip(pairs, moved, strict=True)])
