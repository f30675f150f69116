"""How long to wait after failed sign-ins. Pure arithmetic over times; the rows come from `tries`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

ACCOUNT_TRIES = 5
ACCOUNT_WINDOW = timedelta(hours=1)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)

ADDRESS_TRIES = 30
ADDRESS_WINDOW = timedelta(minutes=15)


def account_opens_at(failures: Sequence[datetime], *, at: datetime) -> datetime | None:
    """When the account may be tried again; None when now. `failures` since the last success, oldest first.

    From the fifth failure within the hour on one waits 1, 2, 4, 8, then always 15 minutes: a forgetful person is
    soon back, a guesser gets about a dozen tries an hour.
    """
    recent = [failed for failed in failures if failed > at - ACCOUNT_WINDOW]
    if len(recent) < ACCOUNT_TRIES:
        return None
    doublings = min(len(recent) - ACCOUNT_TRIES, 10)
    opens = recent[-1] + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return opens if opens > at else None


def address_opens_at(failures: Sequence[datetime], *, at: datetime) -> datetime | None:
    """When the address may try again, whatever the account; None when now. `failures` oldest first."""
    recent = [failed for failed in failures if failed > at - ADDRESS_WINDOW]
    if len(recent) < ADDRESS_TRIES:
        return None
    return recent[-ADDRESS_TRIES] + ADDRESS_WINDOW
