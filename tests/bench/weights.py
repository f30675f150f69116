"""How many bytes something holds on to, each object and each array counted once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

import numpy as np

ATOMS = (int, float, complex, bool, bytes, str, type(None))
SHARED = (type, type(sys), type(len), type(lambda: 0))
"""Classes, modules and functions are the program's, not the pool's."""


def bytes_of(thing: object, *, seen: set[int] | None = None, without: Iterable[object] = ()) -> int:
    """Deep size; what is in `seen` or reached through `without` has been counted elsewhere."""
    known = set() if seen is None else seen
    known |= {id(one) for one in without}
    total, waiting = 0, [thing]
    while waiting:
        one = waiting.pop()
        if id(one) in known or isinstance(one, SHARED):
            continue
        known.add(id(one))
        if isinstance(one, np.ndarray):
            total += _array(one, waiting)
            continue
        total += sys.getsizeof(one)
        if isinstance(one, ATOMS):
            continue
        if isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, tuple | list | set | frozenset):
            waiting += list(one)
        if hasattr(one, "__dict__"):
            waiting.append(vars(one))
    return total


def _array(array: np.ndarray, waiting: list[object]) -> int:
    """A view holds on to the whole that it looks at; a mapped file is shared by all who map it."""
    if array.base is not None and isinstance(array.base, np.ndarray):
        waiting.append(array.base)
        return 0
    return 0 if isinstance(array, np.memmap) else array.nbytes
