"""Section: two processes beside one. Columns are shared by fork; what each query needs of its own is not."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from matching.engine import propose
from matching.inputs.profile import ParticipantProfile
from matching.pool.opportunity_pool import OpportunityPool
from tests.bench.bars import TWO_PROCESSES
from tests.bench.report import Line
from tests.bench.scenes import Scene
from tests.conftest import ON

SECONDS = 4.0


def two_processes(scene: Scene, *, rounds: int) -> list[Line]:
    rates = [(_rate(scene, 1), _rate(scene, 2)) for _ in range(rounds)]
    factors = sorted(two / one for one, two in rates)
    best = max(one for one, _ in rates)
    note = f"one process {best:.0f} questions/s; rounds {factors[0]:.2f}-{factors[-1]:.2f}"
    return [Line("two processes / one", factors[len(factors) // 2], "x", TWO_PROCESSES, note)]


def _rate(scene: Scene, count: int) -> float:
    """Questions a second of `count` processes together."""
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(count)
    pipes = [fork.Pipe(duplex=False) for _ in range(count)]
    workers = [
        fork.Process(target=_work, args=(scene.pool, scene.people, start, sender), daemon=True) for _, sender in pipes
    ]
    for worker in workers:
        worker.start()
    rates = [receiver.recv() for receiver, _ in pipes]
    for worker in workers:
        worker.join()
    return float(sum(rates))


def _work(pool: OpportunityPool, people: Sequence[ParticipantProfile], start: Barrier, sender: Connection) -> None:
    propose(people[0], pool, on=ON)
    start.wait()
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        propose(people[done % len(people)], pool, on=ON)
        done += 1
    sender.send(done / (time.perf_counter() - begun))
