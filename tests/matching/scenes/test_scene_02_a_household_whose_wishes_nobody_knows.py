"""場面2: 高齢の親と子2人の世帯。世帯員ごとに意向「不明」を保存でき、照合に進めない理由が分かる [S-草①]."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from sqlmodel import Session, select

from models.tables import HouseholdMember, Participant
from seed.samples import fill_sample
from seed.store import participant_records
from tests.conftest import AT, ON
from tests.seed.test_applying import bring_in
from web.services.asking import ask

SAMPLE = json.loads((files("seed") / "sample" / "oshu" / "participants.json").read_text(encoding="utf-8"))
MOTHER = next(one for one in SAMPLE["participants"] if one["id"] == "p-sachi")
CHILD = {"id": "p-sachi-child", "display_name": "さちさんの上の子", "district": MOTHER["district"]}


def people(*records: dict[str, Any]) -> dict[str, Any]:
    return {**SAMPLE, "participants": list(records)}


@pytest.mark.parametrize("wishes", ["unknown", "no", "yes", "conditional"])
def test_what_is_known_of_each_members_wishes_is_kept_as_it_was_told(session: Session, wishes: str) -> None:
    members = [{**member, "wishes_known": wishes} for member in MOTHER["household"]["members"]]
    mother = {**MOTHER, "household": {**MOTHER["household"], "members": members}}
    assert not bring_in(session, people(mother)).problems
    assert [member.wishes_known for member in session.exec(select(HouseholdMember)).all()] == [wishes] * 2
    assert participant_records(session, on=ON)[0]["household"]["members"] == members


def test_wishes_nobody_asked_about_stay_absent_and_become_neither_yes_nor_no(session: Session) -> None:
    bring_in(session, people({**MOTHER, "household": {"id": "h", "members": [{"relation": "child"}]}}))
    assert session.exec(select(HouseholdMember)).one().wishes_known is None


def test_a_member_nobody_has_talked_to_is_told_what_stands_between_them_and_any_request(session: Session) -> None:
    fill_sample(session, "oshu", at=AT, on=ON)
    bring_in(session, people(CHILD))
    key = session.exec(select(Participant.id).where(Participant.ref == CHILD["id"])).one()
    shortlist = ask(session, participant_id=key, on=ON).shortlist
    listed = [*shortlist.candidates, *shortlist.others]
    assert listed
    for one in listed:
        stopping = [asked.sentence for asked in one.questions if asked.stops_request]
        assert any("ご本人" in sentence for sentence in stopping)
        assert {"hazards", "allergens"} & {asked.code for asked in one.questions if asked.stops_request}


def test_nothing_of_the_household_is_matched_on(session: Session) -> None:
    def asked_with(household: dict[str, Any]) -> Any:
        bring_in(session, people({**MOTHER, "household": household}))
        key = session.exec(select(Participant.id).where(Participant.ref == "p-sachi")).one()
        return ask(session, participant_id=key, on=ON).profile

    known = {"id": "h-sachi", "members": [{"relation": "child", "wishes_known": "yes", "gives_care": "yes"}]}
    assert asked_with(MOTHER["household"]) == asked_with(known)
