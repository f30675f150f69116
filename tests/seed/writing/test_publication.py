from __future__ import annotations

import json
from typing import Any

import pytest

from seed.writing import Audience, Catalogue, write_catalogue, write_form_csv
from seed.writing.key_order import schema
from seed.writing.publication import STAFF_ONLY, visible

CONTACT = {"person": "担当の名前", "phone": "0197-00-9999", "email": "host@example.jp"}


def _organization(publication: str | None, **fields: Any) -> dict[str, Any]:
    shown = {} if publication is None else {"publication": publication}
    record = {"id": f"org-{publication}", "name": f"団体{publication}", "contact": CONTACT, "notes": "覚え書き"}
    return record | shown | fields


def _site(organization: str, publication: str | None, **fields: Any) -> dict[str, Any]:
    shown = {} if publication is None else {"publication": publication}
    record = {
        "id": f"site-{organization}-{publication}",
        "organization_id": f"org-{organization}",
        "name": "作業場",
        "address": "架空町1-1",
        "latitude": 39.1,
        "longitude": 141.1,
        "location_precision": "exact",
        "district": "架空地区",
    }
    return record | shown | fields


def _opportunity(organization: str, publication: str | None, **fields: Any) -> dict[str, Any]:
    shown = {} if publication is None else {"publication": publication}
    record = {"id": f"opp-{organization}-{publication}", "organization_id": f"org-{organization}", "title": "畑しごと"}
    return record | shown | fields


CATALOGUE = Catalogue(
    [_organization("public"), _organization("partners"), _organization("staff"), _organization(None)],
    [_site("public", "public"), _site("public", "staff"), _site("partners", None), _site("staff", "public")],
    [
        _opportunity("public", "public", site_id="site-public-staff", next_opportunity_ids=["opp-public-staff"]),
        _opportunity("public", "staff", notes="覚え書き", emergency_procedure="夜間の番号"),
        _opportunity("public", None),
        _opportunity("partners", "public", site_id="site-partners-None", emergency_procedure="夜間の番号"),
        _opportunity("staff", "public"),
        _opportunity("None", "public"),
    ],
)


@pytest.mark.parametrize(
    ("audience", "organizations", "opportunities"),
    [
        ("staff", 4, 6),
        ("partners", 2, 2),
        ("public", 1, 1),
    ],
)
def test_each_audience_sees_what_is_meant_for_it(audience: Audience, organizations: int, opportunities: int) -> None:
    seen = visible(CATALOGUE, audience)
    assert (len(seen.organizations), len(seen.opportunities)) == (organizations, opportunities)


def test_without_a_word_on_publication_an_entry_stays_with_the_staff() -> None:
    assert "org-None" not in {record["id"] for record in visible(CATALOGUE, "partners").organizations}
    assert "opp-public-None" not in {record["id"] for record in visible(CATALOGUE, "public").opportunities}


def test_the_staff_get_the_whole_catalogue() -> None:
    assert visible(CATALOGUE, "staff") is CATALOGUE


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_contacts_and_notes_never_leave_the_office(audience: Audience) -> None:
    for text in (
        write_catalogue(CATALOGUE, audience=audience).decode(),
        write_form_csv(CATALOGUE, audience=audience).content.decode(),
    ):
        for secret in (*CONTACT.values(), "覚え書き", "夜間の番号"):
            assert secret not in text


def test_every_field_the_schema_calls_staff_only_is_held_back() -> None:
    found = {
        f"{kind}.{name}"
        for kind in ("organization", "site", "opportunity")
        for name, shape in schema("catalogue")["$defs"][kind]["properties"].items()
        if "staff only" in shape.get("description", "") or "Staff note" in shape.get("description", "")
    }
    assert found == STAFF_ONLY


def test_a_place_that_is_not_public_is_named_without_its_address() -> None:
    (site,) = [record for record in visible(CATALOGUE, "public").sites if record["id"] == "site-public-staff"]
    assert (site["name"], site["district"]) == ("作業場", "架空地区")
    assert not {"address", "latitude", "longitude", "location_precision"} & set(site)


def test_a_public_address_is_shown() -> None:
    (site,) = [record for record in visible(CATALOGUE, "public").sites if record["id"] == "site-public-public"]
    assert site["address"] == "架空町1-1"


def test_a_hidden_place_where_nothing_visible_happens_is_not_named() -> None:
    sites = [_site("public", "staff", id="site-shelter")]
    seen = visible(
        Catalogue([_organization("public")], sites, [_opportunity("public", "staff", site_id="site-shelter")]), "public"
    )
    assert list(seen.sites) == []


def test_an_activity_does_not_point_to_what_the_reader_may_not_see() -> None:
    (opportunity,) = visible(CATALOGUE, "public").opportunities
    assert "next_opportunity_ids" not in opportunity
    foreign = _opportunity("public", "public", site_id="site-staff-public")
    seen = visible(Catalogue([_organization("public"), _organization("staff")], CATALOGUE.sites, [foreign]), "public")
    assert "site_id" not in seen.opportunities[0]


def test_the_town_learns_nothing_about_our_work_with_a_host() -> None:
    host = _organization(
        "public",
        burden={"level": 5},
        relation_owner="職員A",
        recent_intakes_on=["2026-10-14"],
        placed_now=1,
        x_memo="内緒",
    )
    menu = _opportunity(
        "public", "public", placed_now=1, verified_by="職員A", slots=[{"days": ["mon"], "x_memo": "内緒"}]
    )
    text = write_catalogue(Catalogue([host], [], [menu]), audience="public").decode()
    for secret in ("burden", "職員A", "2026-10-14", "placed_now", "内緒"):
        assert secret not in text


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_a_host_under_a_warning_is_shown_to_nobody_outside(audience: Audience) -> None:
    host = _organization("public", status="restricted")
    seen = visible(Catalogue([host], [], [_opportunity("public", "public")]), audience)
    assert not seen.organizations
    assert not seen.opportunities


def test_what_the_agencies_get_can_be_read_by_them() -> None:
    document = json.loads(write_catalogue(CATALOGUE, audience="partners"))
    ids = {record["id"] for record in document["organizations"]}
    assert {record["organization_id"] for record in document["opportunities"]} <= ids
