"""The same host is not shown to everybody, and a family gets places apart (domain §4.3, §6)."""

from __future__ import annotations

from matching.engine import propose
from matching.shortlist.shown_to_others import GOES_THERE, NOBODY, Elsewhere
from tests.conftest import ON
from tests.matching.making import host, person, place, pool_of

KINDS = ("just_being", "walking", "weeding", "cleaning", "music", "reception", "handicraft")
POOL = pool_of(
    *(place(f"o{number}", host=host(f"h{number}"), activity_types=(kind,)) for number, kind in enumerate(KINDS))
)


def chosen(elsewhere: Elsewhere) -> list[str]:
    return [one.opportunity_ref for one in propose(person(), POOL, on=ON, elsewhere=elsewhere).candidates]


def test_of_places_alike_the_one_that_is_proposed_to_many_gives_way() -> None:
    plain = chosen(NOBODY)
    busy = chosen(Elsewhere({plain[-1].replace("o", "h"): 4}, {}))
    assert len(plain) == len(busy) == 5
    assert plain[-1] not in busy
    assert set(plain[:-1]) < set(busy)


def test_one_more_person_within_the_months_budget_changes_nothing() -> None:
    plain = chosen(NOBODY)
    assert chosen(Elsewhere({plain[-1].replace("o", "h"): 1}, {})) == plain


def test_the_best_place_stays_however_many_it_is_proposed_to() -> None:
    best = chosen(NOBODY)[0]
    assert chosen(Elsewhere({best.replace("o", "h"): 100}, {}))[0] == best


def test_how_good_a_place_is_does_not_depend_on_others() -> None:
    busy = Elsewhere({f"h{number}": 9 for number in range(7)}, {})
    alone, many = (propose(person(), POOL, on=ON, elsewhere=one) for one in (NOBODY, busy))
    assert {one.opportunity_ref: one.total for one in (*alone.candidates, *alone.others)} == {
        one.opportunity_ref: one.total for one in (*many.candidates, *many.others)
    }


def test_where_somebody_of_the_family_goes_is_theirs_unless_it_is_a_place_for_families() -> None:
    assert "o0" in chosen(NOBODY)
    assert "o0" not in chosen(Elsewhere({}, {"h0": GOES_THERE}))
    family = pool_of(place(activity_types=("family_meeting",)))
    assert propose(person(), family, on=ON, elsewhere=Elsewhere({}, {"h": GOES_THERE})).candidates


def test_a_place_goes_to_whoever_of_the_family_it_suits_better() -> None:
    total = next(one.total for one in propose(person(), POOL, on=ON).candidates if one.opportunity_ref == "o0")
    assert "o0" in chosen(Elsewhere({}, {"h0": total - 1}))
    assert "o0" not in chosen(Elsewhere({}, {"h0": total + 1}))
