"""Settings of a municipality that cannot be: one sentence, before anything is written."""

from __future__ import annotations

from typing import Any

import pytest

from seed.errors import ImportProblem
from seed.samples import sample_settings
from seed.settings_schema import checked_settings

GOOD: dict[str, Any] = {"key": "oshu", "code": "03215", "name": "奥州市"}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": None}, "name"),
        ({"code": 3215}, "code"),
        ({"key": "おうしゅう"}, "key"),
        ({"latitude": 91, "longitude": 141}, "latitude"),
        ({"latitude": 39.1}, "設定"),
        ({"districts": "水沢"}, "districts"),
        ({"districts": [{"group": "水沢"}]}, "districts"),
        ({"districts": [{"name": "水沢"}, {"name": "水沢"}]}, "2回"),
        ({"roles": {"CO": "x"}}, "roles"),
        ({"name": "奥\x00州"}, "NUL"),
        ({"x": float("nan")}, "NaN"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ImportProblem, match=says) as refused:
        checked_settings({**GOOD, **wrong})
    assert str(refused.value).endswith("。")


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ImportProblem, match="code"):
        checked_settings({"key": "oshu", "name": "奥州市"})
    with pytest.raises(ImportProblem):
        checked_settings([GOOD])


def test_the_samples_are_right() -> None:
    assert [checked_settings(one)["key"] for one in sample_settings()]
