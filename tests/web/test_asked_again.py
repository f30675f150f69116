"""A kept round can be asked again: identical bytes, whatever has become of the catalogue; and any place says why not."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.errors import RecordError
from models.participant_queries import person
from models.tables import HouseholdMember, KeptCatalogue, Opportunity, Participant, ProposalRound, Slot
from seed.samples import fill_sample
from tests.conftest import AT, CASES, ON
from tests.once import town_with
from tests.seed.test_applying import bring_in
from web.pages.round.page import round_page
from web.services.asked_again import asked_again, why_not
from web.services.household import why_not_asked
from web.services.proposals import propose_matches, round_of
from web.services.results import MOST_EXCLUDED, MOST_OTHERS, shown_result_of


def asked(session: Session, ref: str) -> ProposalRound:
    key = session.exec(select(Participant.id).where(Participant.ref == ref)).one()
    round_id = propose_matches(session, person(session, key), asked_by=None, at=AT, on=ON)
    session.commit()
    return round_of(session, round_id)


def to_bytes(result: dict[str, Any]) -> bytes:
    """The engine's answer alone: a round keeps more beside it."""
    told = {name: value for name, value in result.items() if name not in ("household", "bonding")}
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


@pytest.fixture
def practice(engine: Engine) -> Iterator[Session]:
    def bring(session: Session) -> None:
        for name in ("catalogue", "participants"):
            bring_in(session, json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))

    with town_with(engine, "practice", bring) as session:
        yield session


@pytest.fixture
def oshu(engine: Engine) -> Iterator[Session]:
    with town_with(engine, "oshu's sample", lambda session: fill_sample(session, "oshu", at=AT, on=ON)) as session:
        yield session


def test_every_kept_round_asked_again_gives_identical_bytes(practice: Session) -> None:
    refs = practice.exec(select(Participant.ref).order_by(Participant.ref)).all()
    rounds = [asked(practice, ref) for ref in refs]
    for place in practice.exec(select(Opportunity)).all():
        place.title, place.status, place.meets_needs = "まったく別の活動", "withdrawn", []
    practice.commit()
    practice.expire_all()
    for kept in rounds:
        assert to_bytes(shown_result_of(asked_again(practice, kept), on=kept.on)) == to_bytes(kept.result)
    assert len(practice.exec(select(KeptCatalogue)).all()) == 1


def test_a_changed_catalogue_is_kept_anew_and_the_old_one_stays(practice: Session) -> None:
    before = asked(practice, "yo-06")
    practice.exec(select(Opportunity)).first().title = "まったく別の活動"  # type: ignore[union-attr]
    practice.commit()
    after = asked(practice, "yo-06")
    assert after.pool_revision > before.pool_revision
    assert sorted(one.revision for one in practice.exec(select(KeptCatalogue)).all()) == [
        before.pool_revision,
        after.pool_revision,
    ]


def test_after_a_small_edit_only_what_changed_is_kept_and_both_days_can_be_asked_again(practice: Session) -> None:
    rounds = [asked(practice, "yo-06")]
    for number, place in enumerate(practice.exec(select(Opportunity).order_by(Opportunity.ref)).all()[:3]):
        place.title, place.status = f"{number}番の活動", "withdrawn"
        practice.commit()
        rounds.append(asked(practice, "yo-06"))
    gone = practice.exec(select(Opportunity).order_by(Opportunity.ref)).all()[5]
    for slot in practice.exec(select(Slot).where(Slot.opportunity_id == gone.id)).all():
        practice.delete(slot)
    practice.flush()
    practice.delete(gone)
    practice.commit()
    rounds.append(asked(practice, "yo-06"))
    practice.expire_all()
    whole, *since = practice.exec(select(KeptCatalogue).order_by(KeptCatalogue.revision)).all()
    assert whole.base is None
    assert [one.base for one in since] == [whole.revision] * 4
    assert max(len(one.content) for one in since) < len(whole.content) / 4
    for kept in rounds:
        assert to_bytes(shown_result_of(asked_again(practice, kept), on=kept.on)) == to_bytes(kept.result)


def test_why_not_answers_for_every_place_of_that_day_in_one_call(practice: Session) -> None:
    kept = asked(practice, "yo-05")
    found = why_not(practice, kept, lambda words: "かに" in words)
    excluded = {one["opportunity_id"]: one["objections"] for one in kept.result["excluded"]}
    listed = [one["opportunity_id"] for one in (*kept.result["candidates"], *kept.result["others"])]
    assert found
    for entry in found:
        if "rank" in entry:
            assert listed[entry["rank"] - 1] == entry["opportunity_id"]
        else:
            assert entry["objections"] == excluded[entry["opportunity_id"]]


def test_a_round_whose_catalogue_was_not_kept_says_so(practice: Session) -> None:
    kept = asked(practice, "yo-05")
    for catalogue in practice.exec(select(KeptCatalogue)).all():
        practice.delete(catalogue)
    practice.commit()
    with pytest.raises(RecordError, match="残っていません"):
        asked_again(practice, kept)


def test_of_a_large_catalogue_a_round_keeps_the_nearest_in_words_and_counts_the_others(practice: Session) -> None:
    document = json.loads((CASES / "catalogue.json").read_text(encoding="utf-8"))
    many = [
        {**place, "id": f"{place['id']}-{copy}", "title": f"{place['title']}{copy}", "next_opportunity_ids": []}
        for copy in range(6)
        for place in document["opportunities"]
    ]
    bring_in(practice, {**document, "opportunities": many})
    kept = asked(practice, "yo-06")
    page = round_page(kept.result, kept.facts, today=ON)
    assert len(page.excluded) == MOST_EXCLUDED < page.excluded_count
    assert len(page.others) <= MOST_OTHERS
    assert not page.complete
    assert page.others_count + page.excluded_count + len(page.cards) == page.stages[0].count
    objections = [len(entry["objections"]) for entry in kept.result["excluded"]]
    assert objections == sorted(objections)
    beyond = {entry.place.opportunity_id for entry in page.excluded}
    found = why_not(practice, kept, lambda words: "綿つみ" in words)
    assert {entry["opportunity_id"] for entry in found} - beyond


def test_the_parent_of_an_8050_household_finds_places_beside_the_childs_and_apart(oshu: Session) -> None:
    kept = asked(oshu, "p-kazuo")
    (mother,) = kept.result["household"]
    own = {kept.facts[one["opportunity_id"]]["host_name"] for one in kept.result["candidates"]}
    theirs = {one["title"]: one["host_name"] for one in mother["candidates"]}
    assert mother["relation"] == "親"
    assert "大人の子と暮らす親の会" in theirs
    assert "だまって過ごせる部屋" in {kept.facts[one["opportunity_id"]]["title"] for one in kept.result["candidates"]}
    assert "だまって過ごせる部屋" not in theirs
    assert own - set(theirs.values())


def test_what_a_relative_said_does_not_travel_to_the_persons_page(oshu: Session) -> None:
    kept = asked(oshu, "p-kazuo")
    mother = person(oshu, oshu.exec(select(Participant.id).where(Participant.ref == "p-tomi")).one())
    assert mother.assessment is not None
    told = json.dumps(kept.result["household"], ensure_ascii=False)
    for said in mother.assessment.own_words or ():
        assert said["text"] not in told


def test_a_member_whose_wishes_nobody_knows_is_named_with_what_comes_first(oshu: Session) -> None:
    kept = asked(oshu, "p-sachi")
    assert kept.result["household"]
    for member in kept.result["household"]:
        assert member["candidates"] == []
        assert member["why"]
    key = kept.participant_id
    untold = HouseholdMember(participant_id=key, position=9)
    declined = HouseholdMember(participant_id=key, position=9, wishes_known="yes", contact_ok="no")
    assert "意向" in why_not_asked(untold)
    assert why_not_asked(declined) != why_not_asked(untold)


def test_of_somebody_nobody_has_listened_to_the_page_says_what_to_ask_beside_a_quiet_door(oshu: Session) -> None:
    kept = asked(oshu, "p-ryu")
    page = round_page(kept.result, kept.facts, today=ON)
    assert [card.place.title for card in page.cards] == ["だれもいない時間の下見"]
    assert page.others_count
    assert len(page.to_hear) >= 3
    assert all(sentence.startswith("ご本人に") for sentence in page.to_hear)
    known = asked(oshu, "p-takeru")
    assert not round_page(known.result, known.facts, today=ON).to_hear


def test_a_round_from_before_a_fact_was_asked_for_still_says_why_a_place_is_not_there(practice: Session) -> None:
    kept = asked(practice, "yo-01")
    before = why_not(practice, kept, lambda words: True)
    assert before
    catalogue = practice.exec(select(KeptCatalogue)).one()
    told = json.loads(zlib.decompress(catalogue.content))
    for facts in told["facts"]:
        del facts["pickup_days"], facts["host"]["typical_reply_days"], facts["cost_waivable"]
        for slot in facts["slots"]:
            del slot["recurrence"]["on_holidays"]
    practice.connection().execute(
        KeptCatalogue.__table__.update().values(content=zlib.compress(json.dumps(told).encode()), id=uuid4())  # type: ignore[attr-defined]
    )
    profile = {name: value for name, value in kept.profile.items() if name != "reward"}
    practice.connection().execute(ProposalRound.__table__.update().values(profile=profile))  # type: ignore[attr-defined]
    practice.commit()
    practice.expire_all()
    again = round_of(practice, kept.id)
    assert "reward" not in again.profile
    after = why_not(practice, again, lambda words: True)
    assert [one["opportunity_id"] for one in after] == [one["opportunity_id"] for one in before]
