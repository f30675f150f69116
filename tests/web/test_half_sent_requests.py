"""Slow and half-sent requests hold nothing but a connection, and that not for long."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.serving import Served, serving, wait_until
from web.arrival import SLOWEST_PACE, is_too_slow

MANY = 50
PATIENCE = 3
# What nobody would call quick on an idle machine; a service whose threads are all held answers never.
STILL_QUICK = 5.0


@given(seconds=st.floats(0, 20), received=st.integers(0, 10**9))
def test_within_the_first_patience_nobody_is_too_slow(seconds: float, received: int) -> None:
    assert not is_too_slow(elapsed=seconds, received=received, patience=20)


@given(seconds=st.floats(21, 10**5))
def test_after_it_a_pace_has_to_be_kept(seconds: float) -> None:
    enough = int((seconds - 20) * SLOWEST_PACE) + 1
    assert not is_too_slow(elapsed=seconds, received=enough, patience=20)
    assert is_too_slow(elapsed=seconds, received=int(seconds), patience=20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("half-sent")
    with serving(folder, f"sqlite:///{folder / 'e.db'}", ENGAWA_ARRIVAL_SECONDS=str(PATIENCE)) as running:
        yield running


def page_seconds(served: Served) -> float:
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.request("GET", "/signin")
    answer = connection.getresponse()
    assert answer.status == 200
    assert "パスワード" in answer.read().decode()
    connection.close()
    return time.monotonic() - began


def is_dropped(connection: socket.socket) -> bool:
    """Whether the other side has closed it; sends one more byte, as a slow sender would."""
    connection.setblocking(False)
    try:
        connection.send(b"a")
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def opened(served: Served, beginning: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", served.port))
    connection.sendall(beginning)
    return connection


HALF_A_HEADER = b"POST /signin HTTP/1.1\r\nHost: engawa.test\r\nX-Long: "
HALF_A_BODY = (
    b"POST /signin HTTP/1.1\r\nHost: engawa.test\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100000\r\n\r\nsign_in_name=some"
)
HALF_A_CHUNK = b"POST /signin HTTP/1.1\r\nHost: engawa.test\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nsome"


@pytest.mark.parametrize("beginning", [HALF_A_HEADER, HALF_A_BODY, HALF_A_CHUNK], ids=["header", "body", "chunk"])
def test_pages_still_answer_while_many_requests_are_half_sent_and_those_are_dropped(
    served: Served, beginning: bytes
) -> None:
    waiting = [opened(served, beginning) for _ in range(MANY)]
    assert max(page_seconds(served) for _ in range(6)) < STILL_QUICK
    wait_until(
        lambda: sum(not is_dropped(connection) for connection in waiting) == 0,
        "half-sent requests are kept",
        PATIENCE + 15,
    )
    for connection in waiting:
        connection.close()


def test_pages_still_answer_while_many_connections_are_kept_open_idle(served: Served) -> None:
    idle = [opened(served, b"GET /signin HTTP/1.1\r\nHost: engawa.test\r\n\r\n") for _ in range(MANY)]
    assert max(page_seconds(served) for _ in range(4)) < STILL_QUICK
    for connection in idle:
        connection.close()


def test_the_server_tells_neither_its_name_nor_its_version(served: Served) -> None:
    connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
    for address in ("/signin", "/nowhere"):
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        assert answer.headers["Server"] is None
        assert answer.headers["Via"] is None


@pytest.mark.parametrize(
    ("beginning", "status", "said"),
    [
        (b"POST /imports HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 413, "ファイルが大きすぎます"),
        (b"GET /signin HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n", 400, "受け取れませんでした"),
        (b"GET /signin HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431, "受け取れませんでした"),
    ],
    ids=["too large", "unreadable", "endless headers"],
)
def test_what_never_reaches_the_app_is_explained_as_well(
    beginning: bytes, status: int, said: str, served: Served
) -> None:
    connection = opened(served, beginning)
    connection.settimeout(20)
    answer = HTTPResponse(connection)
    answer.begin()
    assert answer.status == status
    assert said in answer.read().decode()
    assert "default-src 'self'" in str(answer.headers["Content-Security-Policy"])
    assert answer.headers["Server"] is None
    connection.close()


def test_the_jobs_process_is_started_again_when_it_ends(served: Served) -> None:
    (jobs,) = served.children("jobs")
    os.kill(jobs, signal.SIGKILL)
    wait_until(lambda: served.children("jobs") not in ([], [jobs]), "no jobs process", 40)


def test_stopping_finishes_what_was_begun_and_takes_the_jobs_process_down(served: Served) -> None:
    """A sign-in takes a while to check; its answer still comes. (The last that is asked of this service.)"""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/signin")
    answer = connection.getresponse()
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.read().decode())
    assert found
    cookie = SimpleCookie(answer.headers["Set-Cookie"])["engawa"].value
    form = urlencode({"csrf_token": found[1], "sign_in_name": "nobody", "password": "だれでもない人の合言葉"})
    asked = HTTPConnection("127.0.0.1", served.port, timeout=30)
    headers = {"Cookie": f"engawa={cookie}", "Content-Type": "application/x-www-form-urlencoded"}
    asked.request("POST", "/signin", form, headers)
    time.sleep(0.05)
    (jobs,) = served.children("jobs")
    served.process.send_signal(signal.SIGTERM)
    assert asked.getresponse().status == 401
    served.process.wait(timeout=40)
    assert not os.path.exists(f"/proc/{jobs}")
