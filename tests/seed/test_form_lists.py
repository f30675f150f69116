"""A form that goes out and comes back takes nothing away that it had no room to show."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seed.form_lists import restored
from seed.reading import read
from seed.records import ERASE, Record
from seed.writing import Catalogue, write_form_csv
from tests.seed.writing.test_form_round_trip import _slot

WEEKLY = {"id": "s1", "days": ["tue"], "start": "10:00", "end": "11:30", "rain_rule": "indoors", "on_holidays": "no"}
EXCEPT = WEEKLY | {"except_dates": ["2026-12-29"]}
NAMELESS = {"id": "s2", "capacity": 3}
STEPS = [
    {"order": 1, "text": "袋をひらく", "posture": ["sitting"], "minutes": 10},
    {"order": 2, "text": "りんごを入れる", "posture": ["standing"]},
]


def test_a_slot_that_stands_as_it_was_keeps_its_exceptions() -> None:
    told = {"slots": [{"days": ["tue"], "start": "10:00", "end": "11:30", "on_holidays": "yes"}]}
    assert restored({"slots": [EXCEPT]}, told)["slots"] == [EXCEPT | {"on_holidays": "yes"}]


def test_another_time_is_another_slot() -> None:
    told = {"slots": [{"days": ["tue"], "start": "13:00", "end": "14:00"}]}
    assert restored({"slots": [EXCEPT]}, told) == told


def test_a_slot_without_words_is_not_gone_because_it_does_not_stand_there() -> None:
    told = {"slots": [{"days": ["tue"], "start": "10:00", "end": "11:30"}]}
    assert restored({"slots": [EXCEPT, NAMELESS]}, told)["slots"] == [EXCEPT, NAMELESS]


def test_a_column_counts_for_the_slots_without_words_too() -> None:
    told = {"slots": [{"days": ["tue"], "start": "10:00", "end": "11:30", "on_holidays": "yes"}]}
    kept = restored({"slots": [EXCEPT, NAMELESS]}, told)["slots"]
    assert [slot["on_holidays"] for slot in kept] == ["yes", "yes"]


def test_a_slot_that_was_struck_out_is_gone() -> None:
    other = {"days": ["fri"], "start": "9:00", "end": "10:00"}
    told = {"slots": [{"days": ["tue"], "start": "10:00", "end": "11:30"}]}
    assert restored({"slots": [other, EXCEPT]}, told)["slots"] == [EXCEPT]


def test_an_empty_cell_of_times_leaves_the_times_alone() -> None:
    told = {"slots": [{"on_holidays": "yes"}]}
    assert restored({"slots": [EXCEPT]}, told)["slots"] == [EXCEPT | {"on_holidays": "yes"}]


def test_an_erased_column_is_erased_in_every_slot() -> None:
    told = {"slots": [{"on_holidays": ERASE}]}
    kept = {name: value for name, value in EXCEPT.items() if name != "on_holidays"}
    assert restored({"slots": [EXCEPT]}, told)["slots"] == [kept]
    assert restored({}, told) == {}


def test_steps_keep_posture_and_minutes_when_another_is_put_between() -> None:
    told = {"task_steps": [{"text": "袋をひらく"}, {"text": "手を洗う"}, {"text": "りんごを入れる"}]}
    assert restored({"task_steps": STEPS}, told)["task_steps"] == [
        {"text": "袋をひらく", "posture": ["sitting"], "minutes": 10},
        {"text": "手を洗う"},
        {"text": "りんごを入れる", "posture": ["standing"]},
    ]


def test_steps_told_again_are_the_same_steps() -> None:
    told = {"task_steps": [{"text": step["text"]} for step in STEPS]}
    assert restored({"task_steps": STEPS}, told)["task_steps"] == STEPS


_hidden = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["s1", "s2"]),
        "except_dates": st.just(["2026-12-29"]),
        "rain_rule": st.just("cancel"),
        "capacity": st.integers(0, 4),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda slot, more: {**slot, **more}, _slot(), _hidden), min_size=1, max_size=4))
def test_any_slots_come_back_whole_from_a_form(slots: list[Record]) -> None:
    stored = {"id": "o", "organization_id": "h", "title": "畑", "slots": slots, "task_steps": STEPS}
    catalogue = Catalogue([{"id": "h", "name": "農園"}], [], [stored])
    draft = read(write_form_csv(catalogue).content, "form.csv")
    told = restored(stored, draft.opportunities[0].record)

    def ordered(found: list[Record]) -> list[str]:
        return sorted(str(sorted(slot.items())) for slot in found)

    assert ordered(told["slots"]) == ordered(slots)
    assert told["task_steps"] == STEPS


@pytest.mark.parametrize("missing", ["slots", "task_steps"])
def test_a_list_the_file_does_not_tell_of_is_left_alone(missing: str) -> None:
    assert missing not in restored({"slots": [EXCEPT], "task_steps": STEPS}, {"title": "畑", "on": date(2026, 11, 24)})
