"""Lists of which the form shows only a part: slots without their exceptions, steps without their postures."""

from __future__ import annotations

from collections.abc import Sequence

from seed.reading.slots import parse_slots
from seed.records import ERASE, Record
from seed.writing.slot_text import TIMES, slot_texts


def restored(stored: Record, told: Record) -> Record:
    """An opportunity as a form tells it, its lists filled up with what is stored and the form has no room for.

    A slot or a step that stands in the form as it is stored keeps all its fields; one that is written differently is
    a new one; one that the form could have shown and no longer does is gone.
    """
    whole = dict(told)
    for name, fill_up in (("slots", _slots), ("task_steps", _steps)):
        now = told.get(name)
        if now is None or now is ERASE:
            continue
        entries = [_without_erased(entry) for entry in fill_up(stored.get(name) or [], now)]
        whole[name] = [entry for entry in entries if entry]
        if not whole[name] and not stored.get(name):
            del whole[name]
    return whole


def _without_erased(entry: Record) -> Record:
    return {name: value for name, value in entry.items() if value is not ERASE}


def _slots(stored: Sequence[Record], told: Sequence[Record]) -> list[Record]:
    if len(told) == 1 and not _times(told[0]):  # the cell of the times was empty, or said nothing readable
        return [slot | told[0] for slot in stored or [{}]]
    left = list(told)
    everywhere = {name: value for name, value in told[0].items() if all(one.get(name) == value for one in told)}
    shared = {name: value for name, value in everywhere.items() if name not in TIMES}
    kept = []
    for slot in stored:
        written = parse_slots("; ".join(slot_texts(slot)))[0]
        same = [next((one for one in left if _times(one) == _times(piece)), None) for piece in written]
        if not written:
            kept.append(slot | shared)  # the form has no words for its times, so their absence says nothing
        elif all(one is not None for one in same):
            found = [one for one in same if one is not None]
            left = [one for one in left if not any(one is each for each in found)]
            kept.append(slot | {name: value for name, value in found[0].items() if name not in TIMES})
    return [*kept, *left]


def _times(slot: Record) -> Record:
    return {name: value for name, value in slot.items() if name in TIMES}


def _steps(stored: Sequence[Record], told: Sequence[Record]) -> list[Record]:
    left = list(stored)
    steps = []
    for step in told:
        known = next((one for one in left if step.items() <= one.items()), None)
        if known is not None:
            left.remove(known)
        steps.append({**known, **step} if known else dict(step))
    if [step.get("order") for step in steps] != [step.get("order") for step in stored]:
        steps = [{name: value for name, value in step.items() if name != "order"} for step in steps]
    return steps
