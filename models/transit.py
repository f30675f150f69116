"""Timetables (時刻表) as operators publish them in GTFS-JP: what the engine's timetable is built from."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import MunicipalRecord
from models.types import json_field, moment_field


class TransitFeed(MunicipalRecord, table=True):
    """時刻表: one operator's feed, told from others by `key`. It is valid from its first to its last day, both included."""

    __tablename__ = "transit_feed"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    key: str
    name: str
    version: str = ""
    source: str = ""
    first_day: date
    last_day: date
    imported_at: datetime = moment_field()


class TransitStop(MunicipalRecord, table=True):
    """停留所・駅. Trips name it by its position."""

    __tablename__ = "transit_stop"
    __table_args__ = (UniqueConstraint("feed_id", "position"),)

    feed_id: UUID = Field(foreign_key="transit_feed.id", index=True)
    position: int
    ref: str
    name: str
    latitude: float
    longitude: float


class TransitService(MunicipalRecord, table=True):
    """運行日: the weekdays (0 is Monday) of a period, and single dates on which it runs or rests besides."""

    __tablename__ = "transit_service"
    __table_args__ = (UniqueConstraint("feed_id", "position"),)

    feed_id: UUID = Field(foreign_key="transit_feed.id", index=True)
    position: int
    ref: str
    weekdays: list[int] = json_field(required=True)
    first_day: date | None = None
    last_day: date | None = None
    added: list[str] = json_field(required=True)
    removed: list[str] = json_field(required=True)


class TransitTrip(MunicipalRecord, table=True):
    """便: one run of a vehicle. Minutes of the service day, beyond 24:00 in the night after it; one of each per call.

    `no_boarding` and `no_alighting` are positions in `stops`.
    """

    __tablename__ = "transit_trip"
    __table_args__ = (UniqueConstraint("feed_id", "ref"),)

    feed_id: UUID = Field(foreign_key="transit_feed.id", index=True)
    ref: str
    route_ref: str
    line: str = ""
    headsign: str = ""
    mode: str
    service: int
    stops: list[int] = json_field(required=True)
    arrivals: list[int] = json_field(required=True)
    departures: list[int] = json_field(required=True)
    no_boarding: list[int] | None = json_field()
    no_alighting: list[int] | None = json_field()
