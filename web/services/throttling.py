"""How long to wait after failed sign-ins. Pure arithmetic over times; the rows come from `tries`.

What is wanted: a guesser becomes slow, and nobody whose password is right is kept out by a guesser. Both cannot be had
by looking at the account alone (whoever guesses locks it) or at the address alone (an office is one address, and
behind a proxy that is set wrongly everybody is). So each failure of an account counts in one of three pools that know
nothing of one another, after OWASP's "device cookies":

* the **device**, where the password was right before. A guesser outside has no such device, so the colleague at her own
  PC always gets in, whatever happens elsewhere and at her address;
* the account's **usual addresses**, from which it signed in before, for new devices there: an office that clears its
  cookies every night, a new PC. A guesser outside cannot use this pool up;
* **elsewhere**, all other devices and addresses together: here a guesser with ten thousand addresses has one budget.

Somebody who guesses *inside* the office uses up the second pool of the accounts guessed at, and only for new devices.

Over all accounts the address slows down who tries many names (new devices only). It never closes the door for a name
that has made no mistake there: one colleague mistypes, or somebody guesses at thirty accounts, and the next person
with the right password still passes at the first try. Only names that were wrong from there wait, longer the more
mistakes there are. The ceiling alone shuts an address for every new device: it is far above what fifty people mistype
and protects the machine (a check costs a good part of a second), not a password.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

ACCOUNT_TRIES = 5
ACCOUNT_WINDOW = timedelta(hours=1)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)

ADDRESS_TRIES = 30
ADDRESS_STEP = 10
ADDRESS_WINDOW = timedelta(minutes=15)
ADDRESS_FIRST_WAIT = timedelta(seconds=15)
ADDRESS_CEILING = 600


def account_opens_at(failures: Sequence[datetime], *, at: datetime) -> datetime | None:
    """When the account may be tried again; None when now. `failures` of one pool since its last success, oldest first.

    From the fifth failure within the hour on one waits 1, 2, 4, 8, then always 15 minutes: a forgetful person is
    soon back, a guesser gets about a dozen tries an hour.
    """
    recent = _within(ACCOUNT_WINDOW, failures, at)
    if len(recent) < ACCOUNT_TRIES:
        return None
    return _later(recent[-1] + _doubled(FIRST_WAIT, len(recent) - ACCOUNT_TRIES), at)


def address_opens_at(failures: Sequence[datetime], own: Sequence[datetime], *, at: datetime) -> datetime | None:
    """When a new device at this address may try this name; None when now.

    `failures` are those of all names from there, `own` those of this name; both oldest first. Every ten failures
    beyond thirty in a quarter of an hour double the wait of the names that failed: 15 seconds at first, 15 minutes at
    most.
    """
    recent, own = _within(ADDRESS_WINDOW, failures, at), _within(ADDRESS_WINDOW, own, at)
    if len(recent) >= ADDRESS_CEILING:
        return recent[-ADDRESS_CEILING] + ADDRESS_WINDOW
    if len(recent) < ADDRESS_TRIES or not own:
        return None
    return _later(own[-1] + _doubled(ADDRESS_FIRST_WAIT, (len(recent) - ADDRESS_TRIES) // ADDRESS_STEP), at)


def _within(window: timedelta, failures: Sequence[datetime], at: datetime) -> list[datetime]:
    """Of the window, and none to come: a clock that was wrong for an hour must not shut anybody out for as long as it
    was ahead. Two machines may differ by a little."""
    return [failed for failed in failures if at - window < failed <= at + FIRST_WAIT]


def _doubled(first: timedelta, times: int) -> timedelta:
    return min(first * (1 << min(times, 10)), LONGEST_WAIT)


def _later(opens: datetime, at: datetime) -> datetime | None:
    return opens if opens > at else None
