"""A timetable as bytes and back: columns as they are, the few things that are no columns as JSON."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from matching.timetable.feeds import Service
from matching.timetable.timetable import Timetable

COLUMNS = (
    "latitude", "longitude", "trip_service", "trip_mode", "trip_first", "call_stop", "call_arrive", "call_depart",
    "call_boards", "call_alights",
)  # fmt: skip
_WORDS = "words"


@dataclass(frozen=True)
class _Words:
    """What is no column."""

    key: str
    services: tuple[Service, ...]
    periods: dict[str, tuple[tuple[date, date], ...]]
    stop_names: tuple[str, ...]


_ADAPTER = TypeAdapter(_Words)


def pack(timetable: Timetable) -> bytes:
    """Compressed; a large city's is a few megabytes."""
    words = _Words(timetable.key, timetable.services, dict(timetable.periods), timetable.stop_names)
    columns: dict[str, NDArray[np.generic]] = {name: getattr(timetable, name) for name in COLUMNS}
    columns[_WORDS] = np.frombuffer(_ADAPTER.dump_json(words), dtype=np.uint8)
    packed = io.BytesIO()
    np.savez_compressed(packed, **columns)  # type: ignore[arg-type]
    return packed.getvalue()


def unpack(content: bytes) -> Timetable:
    """The timetable of `pack`."""
    with np.load(io.BytesIO(content), allow_pickle=False) as columns:
        words = _ADAPTER.validate_json(columns[_WORDS].tobytes())
        return Timetable(
            key=words.key,
            services=words.services,
            periods=words.periods,
            stop_names=words.stop_names,
            **{name: columns[name] for name in COLUMNS},
        )
