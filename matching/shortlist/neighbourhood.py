"""Which places a person may get to at all (届く範囲): beyond, every way is too far, even if somebody drives.

Places that are online, on no map, or only roughly on one, belong to every neighbourhood.
"""

from __future__ import annotations

import math

import numpy as np

from matching.columns.encodings import FOUR, Bools
from matching.columns.jagged import Rows
from matching.columns.spatial_order import ROUGHLY_KM
from matching.question.question import Question
from matching.rules.shared.driven import driven
from matching.travel.travel_minutes import EARTH_RADIUS_KM, farthest_km

CAREFUL_KM = 0.05
"""Distances are rounded: what is further by less than this counts as within, which changes no answer."""


def reach(question: Question) -> float:
    """How many kilometres as the crow flies the person gets, were they driven too; infinite where nobody can tell."""
    profile = driven(question).profile
    if question.profile.transport is None or profile.latitude is None or profile.longitude is None:
        return math.inf
    timetable = question.pool.timetable is not None
    ways = [farthest_km(travel, profile, timetable=timetable) for travel in profile.transport or ()]
    return max(ways) + CAREFUL_KM


def within(question: Question, kilometres: float) -> Bools:
    """Rows that may lie within the reach, or that need no way."""
    pool = question.pool
    error = pool.place_error_km + np.float32(question.profile.home_error_km)
    beyond = question.kilometres - error > kilometres
    found: Bools = ~beyond | (pool.online >= FOUR["conditional"])
    return found


def around(question: Question, kilometres: float) -> Rows | None:
    """Every row that may lie within the reach and some beyond it; None where that is all of them."""
    profile, pool = question.profile, question.pool
    if not pool.is_whole or math.isinf(kilometres) or profile.latitude is None or profile.longitude is None:
        return None
    angle = (kilometres + profile.home_error_km + ROUGHLY_KM + CAREFUL_KM) / EARTH_RADIUS_KM
    beside = math.sin(min(angle, math.pi / 2)) / math.cos(math.radians(profile.latitude))
    if beside >= 1:
        return None
    high, wide = math.degrees(angle), math.degrees(math.asin(beside))
    south, north = profile.latitude - high, profile.latitude + high
    west, east = profile.longitude - wide, profile.longitude + wide
    # Around a pole or across the date line a box is no box.
    if south < -90 or north > 90 or west < -180 or east > 180:
        return None
    return pool.bands.box((south, north), (west, east))
