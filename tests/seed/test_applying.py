"""What an import does to the records: what it must do, and above all what it must not."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.tables import Assessment, Opportunity, Organization, Participant, Placement, Site
from seed.applying import Located, apply
from seed.draft import Draft
from seed.previewing import Preview, preview
from seed.reading import read
from seed.store import catalogue_records, participant_records
from seed.writing import Catalogue, write_form_csv
from seed.writing.xlsx_form import write_form_xlsx
from tests.conftest import AT, CASES, ON, SHARED
from tests.once import town_with

CATALOGUE = json.loads((CASES / "catalogue.json").read_text(encoding="utf-8"))
PEOPLE = json.loads((CASES / "participants.json").read_text(encoding="utf-8"))


def draft(document: dict[str, Any]) -> Draft:
    return read(json.dumps(document, ensure_ascii=False).encode(), "test.json")


def bring_in(session: Session, document: dict[str, Any] | Draft) -> Preview:
    plan = preview(session, document if isinstance(document, Draft) else draft(document), on=ON)
    apply(
        session,
        plan,
        at=AT,
        on=ON,
        locate=lambda address: Located(35.43, 133.33, "town") if "米子" in address else None,
    )
    session.commit()
    return plan


@pytest.fixture
def filled(engine: Engine) -> Iterator[Session]:
    def bring(session: Session) -> None:
        for document in (CATALOGUE, PEOPLE):
            assert not bring_in(session, document).problems

    with town_with(engine, "practice", bring) as session:
        yield session


def by_id(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in records}


def test_a_round_trip_loses_no_field(filled: Session) -> None:
    organizations, sites, opportunities = catalogue_records(filled)
    assert by_id(organizations) == by_id(CATALOGUE["organizations"])
    assert by_id(sites) == by_id(CATALOGUE["sites"])
    assert by_id(opportunities) == by_id(CATALOGUE["opportunities"])
    assert by_id(participant_records(filled, on=ON)) == by_id(PEOPLE["participants"])


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
@pytest.mark.parametrize("name", ["catalogue", "participants"])
def test_the_examples_lose_no_field(session: Session, name: str) -> None:
    document = json.loads((SHARED / "interchange" / f"example-{name}.json").read_text(encoding="utf-8"))
    assert not bring_in(session, document).problems
    if name == "participants":
        records = participant_records(session, on=date.fromisoformat(document["exported_on"]))
        assert by_id(records) == by_id(document["participants"])
        assert bring_in(session, document).ready == 0
    else:
        assert by_id(catalogue_records(session)[2]) == by_id(document["opportunities"])


def test_importing_again_changes_nothing(filled: Session) -> None:
    for document in (CATALOGUE, PEOPLE):
        plan = bring_in(filled, document)
        assert plan.ready == 0
        assert not plan.calendar_changes
    assert len(filled.exec(select(Assessment)).all()) == len(PEOPLE["participants"])


def test_an_absent_value_erases_nothing(filled: Session) -> None:
    thin = copy.deepcopy(CATALOGUE)
    for record in thin["opportunities"]:
        record.pop("plain_description", None)
        record.pop("loads", None)
    assert bring_in(filled, thin).ready == 0


def test_a_changed_judgement_is_a_new_version_and_the_old_one_stays(filled: Session) -> None:
    changed = copy.deepcopy(PEOPLE)
    changed["participants"][0]["stage"] = 2
    plan = bring_in(filled, changed)
    assert [(one.ref, [change.label for change in one.changes]) for one in plan.planned if one.changes] == [
        ("yo-01", ["準備ステージ"])
    ]
    versions = [(row.version, row.stage) for row in filled.exec(select(Assessment)).all() if row.stage in (1, 2)]
    assert (2, 2) in versions
    assert (1, 1) in versions


def test_the_next_visit_is_neither_carried_away_by_an_export_nor_changed_by_an_import(filled: Session) -> None:
    person = filled.exec(select(Participant).where(Participant.ref == "yo-01")).one()
    person.next_visit_on, person.next_visit_how = date(2026, 12, 3), "letter"
    filled.commit()
    assert by_id(participant_records(filled, on=ON)) == by_id(PEOPLE["participants"])
    assert bring_in(filled, PEOPLE).ready == 0
    changed = copy.deepcopy(PEOPLE)
    changed["participants"][0]["stage"] = 2
    assert bring_in(filled, changed).ready == 1
    filled.expire_all()
    assert (person.next_visit_on, person.next_visit_how) == (date(2026, 12, 3), "letter")


def test_a_file_cannot_set_the_next_visit(filled: Session) -> None:
    bold = copy.deepcopy(PEOPLE)
    bold["participants"][0].update(next_visit_on="2026-12-03", stage=2)
    assert bring_in(filled, bold).problems
    rows = filled.exec(select(Participant)).all()
    assert [row.next_visit_on for row in rows if row.next_visit_on] == []


def test_what_must_not_meet_is_never_written_into_a_preview(filled: Session) -> None:
    changed = copy.deepcopy(PEOPLE)
    changed["participants"][1]["avoid"] = {"organization_ids": ["org-step"]}
    plan = preview(filled, draft(changed), on=ON)
    shown = [change for one in plan.planned for change in one.changes]
    assert shown
    assert "org-step" not in str(shown)


def test_placements_are_never_doubled(filled: Session) -> None:
    before = len(filled.exec(select(Placement)).all())
    changed = copy.deepcopy(PEOPLE)
    person = next(one for one in changed["participants"] if one["id"] == "yo-08")
    person["active_placements"][0]["state"] = "trial"
    bring_in(filled, changed)
    assert len(filled.exec(select(Placement)).all()) == before


def test_a_reference_to_nothing_is_one_sentence_and_the_rest_goes_in(session: Session) -> None:
    broken = copy.deepcopy(CATALOGUE)
    broken["opportunities"][0]["organization_id"] = "org-nobody"
    plan = bring_in(session, broken)
    assert len([problem for problem in plan.problems if problem.blocking]) == 1
    assert "org-nobody" in plan.problems[0].sentence
    assert len(session.exec(select(Opportunity)).all()) == len(CATALOGUE["opportunities"]) - 1


def test_an_address_without_coordinates_is_located_and_kept_apart(session: Session) -> None:
    document = copy.deepcopy(CATALOGUE)
    site = document["sites"][0]
    site.pop("latitude")
    site.pop("longitude")
    bring_in(session, document)
    row = session.exec(select(Site).where(Site.ref == site["id"])).one()
    assert (row.latitude, row.located_latitude, row.located_level) == (None, 35.43, "town")


OPEN_DATA = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,住所,緯度,経度,団体名,備考\n31202,1,鳥取県,米子市,みなと会館,本町1-1,35.43,133.33,{owner},公民館\n"


def test_open_data_never_overwrites_what_a_host_confirmed(session: Session) -> None:
    content = OPEN_DATA.format(owner="みなとの会").encode()
    bring_in(session, read(content, "list.csv"))
    row = session.exec(select(Opportunity)).one()
    assert (row.status, row.title) == ("prospect", "みなと会館（活動は未確認）")
    row.status, row.title, row.verified_on, row.verification_method = "open", "水曜のお茶会", ON, "phone_call"
    session.commit()
    bring_in(session, read(content.replace("本町1-1".encode(), "別の町9-9".encode()), "list.csv"))
    row = session.exec(select(Opportunity)).one()
    assert (row.status, row.title) == ("open", "水曜のお茶会")
    assert session.exec(select(Site)).one().address == "鳥取県米子市本町1-1"


def test_a_known_organization_keeps_its_status_when_a_list_names_it(filled: Session) -> None:
    known = filled.exec(select(Organization).where(Organization.status == "open")).first()
    assert known is not None
    bring_in(filled, read(OPEN_DATA.format(owner=known.name).encode(), "list.csv"))
    filled.expire_all()
    assert filled.exec(select(Organization.status).where(Organization.ref == known.ref)).one() == "open"
    added = filled.exec(select(Opportunity).where(Opportunity.title == "みなと会館（活動は未確認）")).one()
    assert (added.status, added.organization_id) == ("unverified", known.id)


@pytest.mark.parametrize("write", [write_form_csv, write_form_xlsx])
def test_the_form_brings_back_what_it_can_say(filled: Session, write: Any) -> None:
    records = catalogue_records(filled)
    written = write(Catalogue(*records))
    plan = preview(filled, read(written.content, "form.csv"), on=ON)
    assert not [problem for problem in plan.problems if problem.blocking]
    # Slots with exceptions and fields the form has no column for stay as they were; nothing else may change.
    told = {change.label for one in plan.planned for change in one.changes}
    assert told <= {"曜日と時間"}


def test_twelve_problems_in_five_hundred_lines_leave_488(session: Session) -> None:
    rows = [f"団体{number},活動{number},{'たぶん' if number % 42 == 5 else '3'}" for number in range(500)]
    text = "団体名,活動名,年齢（下限）\n" + "\n".join(rows) + "\n"
    plan = bring_in(session, read(text.encode(), "many.csv"))
    assert len(plan.problems) == 12
    assert plan.problems[0].line == 7
    assert "「たぶん」は数ではありません" in plan.problems[0].sentence
    assert len(session.exec(select(Opportunity)).all()) == 488


@pytest.mark.parametrize("write", [write_form_csv, write_form_xlsx])
def test_the_form_that_was_taken_out_changes_nothing_when_it_comes_back(filled: Session, write: Any) -> None:
    before = by_id(catalogue_records(filled)[2])
    form = read(
        write(Catalogue(*catalogue_records(filled))).content, "台帳.csv" if write is write_form_csv else "台帳.xlsx"
    )
    plan = bring_in(filled, form)
    assert [(one.ref, one.changes) for one in plan.planned if one.action != "unchanged"] == []
    assert by_id(catalogue_records(filled)[2]) == before
