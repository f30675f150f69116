"""Column types of the pool, and the encodings of codes into numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.vocabulary import Vocabulary

Bools = NDArray[np.bool_]
Verdicts = NDArray[np.int8]
Bytes = NDArray[np.int8]
Shorts = NDArray[np.int16]
Ints = NDArray[np.int32]
Masks = NDArray[np.unsignedinteger[Any]]
"""Sets of codes as bits, in words as narrow as their vocabulary allows."""
Days = NDArray[np.uint64]
"""Days of the horizon as bits."""
Floats = NDArray[np.float32]
Degrees = NDArray[np.float64]
Refs = NDArray[Any]
"""Strings of any length, sixteen bytes each while they are short."""

FAIL, UNKNOWN, PASS = np.int8(0), np.int8(1), np.int8(2)
"""Three-valued verdicts (不適合／未確認／適合): the worst of several is their minimum."""

FOUR: Mapping[str, int] = {"unknown": -1, "no": 0, "conditional": 1, "yes": 2}
"""Four values as numbers; conditional counts as possible."""

MISSING = -1


def four_column(values: Sequence[str]) -> Bytes:
    return np.array([FOUR[value] for value in values], dtype=np.int8)


def ref_column(refs: Sequence[str]) -> Refs:
    return np.array(refs, dtype=np.dtypes.StringDType())


def whole_column(values: Sequence[int | None]) -> Ints:
    return np.array([MISSING if value is None else value for value in values], dtype=np.int32)


def short_column(values: Sequence[int | None]) -> Shorts:
    """Minutes, people, years, days: what is more than a short number holds is as much as it holds."""
    return whole_column(values).clip(max=np.iinfo(np.int16).max).astype(np.int16)


def degree_column(values: Sequence[float | None]) -> Degrees:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def day_column(values: Sequence[date | None]) -> Ints:
    return np.array([MISSING if value is None else value.toordinal() for value in values], dtype=np.int32)


def code_column(values: Sequence[str | None], codes: Sequence[str]) -> Bytes:
    """Position in `codes`; a missing or unlisted code is MISSING."""
    place = {code: position for position, code in enumerate(codes)}
    return np.array([MISSING if value is None else place.get(value, MISSING) for value in values], dtype=np.int8)


def word_for(bits: int) -> type[np.unsignedinteger[Any]]:
    """The narrowest word that has so many bits."""
    return next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if bits <= kind().nbytes * 8)


def mask_column(values: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Masks:
    return np.array([vocabulary.mask(codes) for codes in values], dtype=word_for(len(vocabulary)))


def valued_masks(values: Sequence[Mapping[str, str]], vocabulary: Vocabulary) -> dict[str, Masks]:
    """One mask column each for the codes that are yes, conditional and no; a code in none of them is unknown."""
    return {
        answer: np.array(
            [vocabulary.mask(code for code, value in row.items() if value == answer) for row in values],
            dtype=word_for(len(vocabulary)),
        )
        for answer in ("yes", "conditional", "no")
    }


def has(masks: Masks | Bytes, mask: int) -> Bools:
    """Rows that have any code of `mask`."""
    found: Bools = (masks & masks.dtype.type(mask)) != 0
    return found


def one_of(column: Bytes, positions: Iterable[int]) -> Bools:
    """Rows whose code stands at one of these positions of its list (MISSING among them where nobody told)."""
    table = np.zeros(256, dtype=bool)
    table[list(positions)] = True
    # Behind a byte that is negative stands the end of the table, as it is written there.
    found: Bools = table[column]
    return found


def among(column: Ints, numbers: Collection[int]) -> Bools:
    """Rows whose number is one of these, which are few."""
    found = np.zeros(len(column), dtype=bool)
    for number in numbers:
        found |= column == number
    return found


def count_bits(masks: Masks) -> NDArray[np.uint8]:
    return np.bitwise_count(masks)
