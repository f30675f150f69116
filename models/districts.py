"""The middle of a district (地区のまんなか): where somebody or something stands of whom only the district is known."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import Any
from uuid import UUID

import numpy as np
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matching.pool.opportunity_pool import OpportunityPool
from models.municipality import District
from models.site import Site
from models.snapshots import Point


def district_middles(session: Session, only: SelectOfScalar[Any] | None = None) -> dict[UUID, Point]:
    """Of each district, or of those whose keys are selected: its middle as the municipality gave it, else the mean of the sites known to lie in it."""
    latitude, longitude = col(Site.latitude), col(Site.longitude)
    known = select(col(Site.district_id), latitude, longitude).where(latitude.is_not(None))
    districts = select(District)
    if only is not None:
        known, districts = known.where(col(Site.district_id).in_(only)), districts.where(col(District.id).in_(only))
    inside: dict[UUID, list[Point]] = defaultdict(list)
    for district, north, east in session.exec(known):
        if district is not None and north is not None and east is not None:
            inside[district].append((north, east))
    means = {key: (fmean(one for one, _ in points), fmean(one for _, one in points)) for key, points in inside.items()}
    every = session.exec(districts).all()
    return {**means, **{district.id: given for district in every if (given := middle_given(district))}}


def middle_given(district: District) -> Point | None:
    if district.latitude is None or district.longitude is None:
        return None
    return district.latitude, district.longitude


def middle_of(district: District | None, pool: OpportunityPool) -> Point | None:
    """The middle of somebody's district, from the places of the pool that are known to lie in it."""
    if district is None:
        return None
    here = pool.rows_in([district.name]) & (pool.place_error_km == 0) & ~np.isnan(pool.latitude)
    if (given := middle_given(district)) or not here.any():
        return given
    return float(pool.latitude[here].mean()), float(pool.longitude[here].mean())
