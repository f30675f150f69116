"""A round trip by timetable as staff read it on a card: which bus, from where, and when one is home (domain §4.6-5)."""

from __future__ import annotations

from matching.inputs.phrases import clock
from matching.question.answers import Ride, RoundTrip
from matching.vocabulary import VOCABULARIES

ON_FOOT = "歩いて行けます"


def ride_sentence(trip: RoundTrip) -> str:
    """「バス 9:12発 前沢駅前 → 9:40着 水沢公園前、帰り 12:05発」"""
    if trip.there is None and trip.back is None:
        return ON_FOOT
    there = "行きは歩き" if trip.there is None else _there(trip.there)
    back = "帰りは歩き" if trip.back is None else f"帰り {clock(trip.back.depart)}発{_from(trip)}{_changes(trip.back)}"
    return f"{there}、{back}"


def door_to_door(trip: RoundTrip) -> str | None:
    """When to leave home, when one is there and home again; None where one walks both ways."""
    there = f"家を{clock(trip.there.leave)}に出て、{clock(trip.there.arrive)}に着きます。" if trip.there else ""
    back = f"帰りは{clock(trip.back.arrive)}に家に着きます。" if trip.back else ""
    return there + back or None


def _there(ride: Ride) -> str:
    by = VOCABULARIES["transport_modes"].easy_label(ride.mode)
    boarded, alighted = f"{clock(ride.depart)}発 {ride.from_stop}", f"{clock(ride.reach)}着 {ride.to_stop}"
    return f"{by} {boarded} → {alighted}{_changes(ride)}"


def _from(trip: RoundTrip) -> str:
    """Where the ride home is boarded, if that is not where one got off."""
    if trip.back is None or (trip.there is not None and trip.there.to_stop == trip.back.from_stop):
        return ""
    return f" {trip.back.from_stop}"


def _changes(ride: Ride) -> str:
    return f"（{'・'.join(ride.changes)}で乗り換え）" if ride.changes else ""
