"""How long one waits after failed sign-ins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from web.services.throttling import (
    ACCOUNT_WINDOW,
    ADDRESS_CEILING,
    LONGEST_WAIT,
    account_opens_at,
    address_opens_at,
)

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
# What a guesser gets out of one pool in any hour, whatever the rhythm; the best possible one gets 11.
MOST_TRIES_AN_HOUR = 12
pauses = st.lists(
    st.one_of(st.sampled_from([0, 1, 59, 60, 61, 120, 240, 480, 899, 900, 901, 3599, 3600]), st.floats(0, 4000)).map(
        lambda seconds: timedelta(seconds=seconds)
    ),
    max_size=120,
)


def failures(count: int, *, apart: timedelta = timedelta(seconds=10), until: datetime = NOON) -> list[datetime]:
    return [until - apart * back for back in range(count - 1, -1, -1)]


def guesser(rests: list[timedelta], *, patient: bool) -> list[datetime]:
    """When somebody who always guesses wrong is let in: tries after each rest, or as soon as it opens."""
    at, let_in = NOON, list[datetime]()
    for rest in rests:
        at += rest
        opens = account_opens_at(let_in, at=at)
        if opens is None:
            let_in.append(at)
        elif patient:
            at = opens
            assert account_opens_at(let_in, at=at) is None
            let_in.append(at)
    return let_in


def test_four_mistakes_do_not_make_anybody_wait() -> None:
    assert account_opens_at(failures(4), at=NOON) is None


def test_the_fifth_mistake_makes_one_wait_a_minute() -> None:
    assert account_opens_at(failures(5), at=NOON) == NOON + MINUTE


def test_each_further_mistake_doubles_the_wait_up_to_fifteen_minutes() -> None:
    waits = [account_opens_at(failures(count), at=NOON) for count in range(5, 12)]
    assert [(opens - NOON).total_seconds() / 60 for opens in waits if opens] == [1, 2, 4, 8, 15, 15, 15]


def test_mistakes_older_than_an_hour_are_forgotten() -> None:
    assert account_opens_at(failures(9, until=NOON - timedelta(hours=1)), at=NOON) is None


@settings(max_examples=200, deadline=None)
@given(pauses, st.booleans())
def test_no_rhythm_gets_a_guesser_more_than_a_dozen_tries_in_any_hour(rests: list[timedelta], patient: bool) -> None:
    let_in = guesser(rests, patient=patient)
    for first in let_in:
        assert sum(first <= tried < first + ACCOUNT_WINDOW for tried in let_in) <= MOST_TRIES_AN_HOUR


def test_the_most_eager_guesser_gets_eleven_tries_in_the_first_hour_and_eight_an_hour_over_days() -> None:
    let_in = guesser([timedelta(milliseconds=1)] * 400, patient=True)
    hours = (let_in[-1] - let_in[0]) / timedelta(hours=1)
    assert hours > 48
    assert len(let_in) / hours < 8
    assert max(sum(first <= tried < first + ACCOUNT_WINDOW for tried in let_in) for first in let_in) == 11


@settings(max_examples=200, deadline=None)
@given(pauses, st.floats(0, 4000).map(lambda seconds: timedelta(seconds=seconds)))
def test_nobody_waits_longer_than_a_quarter_of_an_hour_and_the_wait_is_over_when_it_says(
    rests: list[timedelta], later: timedelta
) -> None:
    let_in = guesser(rests, patient=False)
    at = (let_in[-1] if let_in else NOON) + later
    opens = account_opens_at(let_in, at=at)
    if opens is not None:
        assert at < opens <= at + LONGEST_WAIT
        assert account_opens_at(let_in, at=opens) is None
        # Asking again in between never makes it later; what has become an hour old may open it sooner.
        assert account_opens_at(let_in, at=at + (opens - at) / 2) in (opens, None)


def test_below_thirty_mistakes_an_address_makes_nobody_wait() -> None:
    assert address_opens_at(failures(29), failures(4), at=NOON) is None


def test_from_thirty_on_the_names_that_were_wrong_wait_longer_and_longer() -> None:
    many = [
        address_opens_at(failures(count, apart=timedelta(seconds=1)), [NOON], at=NOON) for count in range(30, 110, 10)
    ]
    assert [(opens - NOON).total_seconds() for opens in many if opens] == [15, 30, 60, 120, 240, 480, 900, 900]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0, 899).map(lambda seconds: NOON - timedelta(seconds=seconds)), max_size=ADDRESS_CEILING - 1))
def test_a_name_that_was_never_wrong_there_always_passes_below_the_ceiling(made: list[datetime]) -> None:
    assert address_opens_at(sorted(made), [], at=NOON) is None


def test_the_ceiling_opens_again_when_the_oldest_of_its_mistakes_is_old_enough() -> None:
    made = failures(ADDRESS_CEILING, apart=timedelta(seconds=1))
    opens = address_opens_at(made, [], at=NOON)
    assert opens == made[0] + timedelta(minutes=15)
    assert address_opens_at(made, [], at=opens) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 30)), min_size=1, max_size=300))
def test_whoever_tries_many_names_from_one_address_is_let_in_again_in_time(tries: list[tuple[int, float]]) -> None:
    at, made = NOON, list[tuple[datetime, int]]()
    for name, rest in tries:
        at += timedelta(seconds=rest)
        everything = [moment for moment, _ in made]
        own = [moment for moment, whose in made if whose == name]
        opens = address_opens_at(everything, own, at=at)
        if opens is None:
            made.append((at, name))
        else:
            assert own
            assert at < opens <= at + LONGEST_WAIT
            assert address_opens_at(everything, own, at=opens) is None


def test_mistakes_made_while_the_clock_was_ahead_shut_nobody_out_when_it_is_right_again() -> None:
    ahead = failures(ADDRESS_CEILING, until=NOON + timedelta(days=300))
    assert account_opens_at(ahead, at=NOON) is None
    assert address_opens_at(ahead, ahead[:9], at=NOON) is None
    assert account_opens_at(failures(5, until=NOON + timedelta(seconds=2)), at=NOON) is not None
