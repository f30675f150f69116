from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from seed.writing import Catalogue, write_catalogue, write_participants
from seed.writing.key_order import schema

EXAMPLES = Path(__file__).resolve().parents[4] / "shared" / "interchange"
needs_shared = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="../shared/interchange is not here")


def _catalogue(document: dict[str, Any]) -> Catalogue:
    fields = ("organizations", "sites", "opportunities", "municipality", "calendar", "exported_on")
    return Catalogue(**{name: document[name] for name in fields if name in document})


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _shuffled(value[key], chance) for key in keys}
    return [_shuffled(each, chance) for each in value] if isinstance(value, list) else value


def _keys(value: dict[str, Any], name: str, file: str) -> list[str]:
    properties = list(schema(file)["$defs"][name]["properties"])
    return [key for key in properties if key in value]


@needs_shared
def test_the_example_catalogue_is_written_as_it_was_read() -> None:
    document = json.loads((EXAMPLES / "example-catalogue.json").read_text(encoding="utf-8"))
    written = json.loads(write_catalogue(_catalogue(document)))
    assert written == document
    Draft202012Validator(schema("catalogue")).validate(written)


@needs_shared
def test_the_example_participants_are_written_as_they_were_read() -> None:
    document = json.loads((EXAMPLES / "example-participants.json").read_text(encoding="utf-8"))
    written = json.loads(
        write_participants(
            document["participants"], exported_on=document["exported_on"], municipality=document["municipality"]
        )
    )
    assert written == document
    Draft202012Validator(schema("participants")).validate(written)


@needs_shared
@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_keys_in_the_records_does_not_show_in_the_file(seed: int) -> None:
    document = json.loads((EXAMPLES / "example-catalogue.json").read_text(encoding="utf-8"))
    shuffled = _shuffled(document, random.Random(seed))
    assert write_catalogue(_catalogue(shuffled)) == write_catalogue(_catalogue(document))


def test_keys_follow_the_schema_and_extensions_come_last() -> None:
    record = {"x_b": {"d": 1, "c": 2}, "notes": "n", "name": "畑", "x_a": 1, "id": "org-1", "type": "farmer"}
    (written,) = json.loads(write_catalogue(Catalogue([record])))["organizations"]
    assert list(written) == [*_keys(record, "organization", "catalogue"), "x_a", "x_b"]
    assert list(written["x_b"]) == ["c", "d"]


def test_codes_of_an_object_follow_their_list() -> None:
    hazards = {"night_work": "no", "heat": "yes", "heavy_lifting": "unknown"}
    record = {"id": "opp-1", "organization_id": "org-1", "title": "畑", "hazards": hazards}
    (written,) = json.loads(write_catalogue(Catalogue(opportunities=[record])))["opportunities"]
    assert list(written["hazards"]) == ["heavy_lifting", "heat", "night_work"]
    assert written["hazards"] == hazards


def test_japanese_stays_readable_and_lines_are_indented_by_one() -> None:
    text = write_catalogue(Catalogue([{"id": "org-1", "name": "ひだまり"}])).decode()
    assert '   "name": "ひだまり"' in text
    assert text.endswith("}\n")


def test_zero_and_asked_none_are_kept() -> None:
    record = {"id": "opp-1", "organization_id": "org-1", "title": "畑", "cost_yen": 0, "items": []}
    (written,) = json.loads(write_catalogue(Catalogue(opportunities=[record])))["opportunities"]
    assert (written["cost_yen"], written["items"]) == (0, [])


@pytest.mark.parametrize("field", ["sex", "nationality", "diagnosis", "income", "x_memo"])
def test_a_field_that_must_not_be_kept_about_a_person_is_never_written(field: str) -> None:
    with pytest.raises(ValueError, match=field):
        write_participants([{"id": "p-1", "display_name": "たけさん", field: "a"}])


def test_the_empty_catalogue_is_a_valid_file() -> None:
    Draft202012Validator(schema("catalogue")).validate(json.loads(write_catalogue(Catalogue())))
    Draft202012Validator(schema("participants")).validate(json.loads(write_participants([])))
