"""The jobs process: only a clock. What is due stands in the database, so a missed hour is caught up with the next."""

from __future__ import annotations

import logging
import os
import signal
import sys

from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy import Engine

from models.database import make_engine
from models.locks import take_write_lock
from models.scope import EVERYWHERE, open_session
from web.clock import Clock
from web.services.imports import forget_old_files
from web.services.known_devices import forget_old_devices
from web.services.sign_in_sessions import forget_old_sessions
from web.services.taking_back import forget_old_journals
from web.services.tries import forget_old_attempts
from web.settings import Settings

log = logging.getLogger("engawa")

TIDYING_HOURS = 1
LOOKING_ROUND_SECONDS = 2


def tidy(engine: Engine, clock: Clock) -> None:
    """Forget what is kept no longer: old tries, sessions and devices of sign-ins, undecided files, and what imports touched."""
    with open_session(engine, municipality_id=EVERYWHERE) as session:
        take_write_lock(session)
        forget_old_attempts(session, at=clock.now())
        forget_old_sessions(session, at=clock.now())
        forget_old_devices(session, at=clock.now())
        forget_old_files(session, at=clock.now())
        forget_old_journals(session, at=clock.now())
        session.commit()


def _tidy_or_say(engine: Engine, clock: Clock) -> None:
    """A database that is away for an hour is no reason to end, nor to print what was asked of it."""
    try:
        tidy(engine, clock)
    except Exception as problem:
        log.error("tidying failed with %s; it is tried again in %d hour(s)", type(problem).__name__, TIDYING_HOURS)


def _end_with(scheduler: BlockingScheduler, parent: int) -> None:
    """A web process that was killed cannot stop its jobs; they see it themselves."""
    if os.getppid() != parent:
        scheduler.shutdown(wait=False)


def run_jobs(settings: Settings, clock: Clock, *, beside: int | None = None) -> None:
    """Run until stopped, or until the process it runs `beside` is gone. Doing a job twice does no harm, so nothing is lost if two of these run by mistake."""
    engine = make_engine(settings.database_url)
    scheduler = BlockingScheduler(timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None})
    scheduler.add_job(_tidy_or_say, "interval", args=(engine, clock), hours=TIDYING_HOURS, next_run_time=clock.now())
    if beside is not None:
        scheduler.add_job(_end_with, "interval", args=(scheduler, beside), seconds=LOOKING_ROUND_SECONDS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        engine.dispose()
