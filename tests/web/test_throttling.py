"""How long one waits after failed sign-ins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from web.services.throttling import account_opens_at, address_opens_at

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def failures(count: int, *, apart: timedelta = timedelta(seconds=10), until: datetime = NOON) -> list[datetime]:
    return [until - apart * back for back in range(count - 1, -1, -1)]


def test_four_mistakes_do_not_make_anybody_wait() -> None:
    assert account_opens_at(failures(4), at=NOON) is None


def test_the_fifth_mistake_makes_one_wait_a_minute() -> None:
    assert account_opens_at(failures(5), at=NOON) == NOON + timedelta(minutes=1)


def test_each_further_mistake_doubles_the_wait_up_to_fifteen_minutes() -> None:
    waits = [account_opens_at(failures(count), at=NOON) for count in range(5, 12)]
    assert [(opens - NOON).total_seconds() / 60 for opens in waits if opens] == [1, 2, 4, 8, 15, 15, 15]


def test_the_wait_is_over_at_the_time_it_names() -> None:
    made = failures(5)
    opens = account_opens_at(made, at=NOON)
    assert opens is not None
    assert account_opens_at(made, at=opens) is None


def test_mistakes_older_than_an_hour_are_forgotten() -> None:
    assert account_opens_at(failures(9, until=NOON - timedelta(hours=1)), at=NOON) is None


def test_one_address_may_fail_thirty_times_in_a_quarter_of_an_hour() -> None:
    assert address_opens_at(failures(29), at=NOON) is None
    assert address_opens_at(failures(30), at=NOON) == failures(30)[0] + timedelta(minutes=15)


def test_an_address_is_free_again_when_the_oldest_of_its_last_thirty_mistakes_is_old_enough() -> None:
    made = failures(30)
    opens = address_opens_at(made, at=NOON)
    assert opens is not None
    assert address_opens_at(made, at=opens) is None
