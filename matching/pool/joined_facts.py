"""Facts of pools that were put together: held as one tuple, or left where they are told from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matching.columns.encodings import Ints
from matching.columns.jagged import Rows
from matching.inputs.facts import OpportunityFacts
from matching.pool.pool_slices import Chosen


class Gathered(Sequence[OpportunityFacts]):
    """Of each row the source that tells its facts, and the place there."""

    def __init__(self, sources: Sequence[Sequence[OpportunityFacts]], source: Ints, place: Ints) -> None:
        self.sources, self.source, self.place = sources, source, place

    def __len__(self) -> int:
        return len(self.place)

    def __getitem__(self, row: Any) -> Any:
        return self.sources[int(self.source[row])][int(self.place[row])]


def gathered(parts: Sequence[Sequence[OpportunityFacts]], rows: Rows) -> Sequence[OpportunityFacts]:
    """The facts of all parts, one below the other, in the order of `rows`."""
    sources: list[Sequence[OpportunityFacts]] = []
    source: list[Ints] = []
    place: list[Ints] = []
    for part in parts:
        whole, chosen = (part.whole, part.rows) if isinstance(part, Chosen) else (part, np.arange(len(part)))
        inner = whole if isinstance(whole, Gathered) else Gathered([whole], *np.zeros((2, len(whole)), dtype=np.int32))
        source.append(inner.source[chosen] + np.int32(len(sources)))
        place.append(inner.place[chosen] if whole is inner else chosen.astype(np.int32))
        sources += inner.sources
    every = Gathered(sources, np.concatenate(source)[rows], np.concatenate(place)[rows])
    # What is held anyway is held as one tuple; what is read from elsewhere stays there.
    if all(isinstance(one, tuple) for one in sources):
        return tuple(sources[one][row] for one, row in zip(every.source.tolist(), every.place.tolist(), strict=True))
    return every
