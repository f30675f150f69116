"""A file is read in a process of its own: the same answer, and an end in one sentence whatever the file asks for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from seed.errors import ImportProblem
from seed.packed_draft import pack, unpack
from seed.reading import apart, read
from seed.reading.apart import Limits, Reading, read_apart
from seed.records import ERASE
from tests.conftest import CASES, SHARED

FORM = "団体名,活動名,段差なし,備考,曜日と時間\nみどりの会,草取り,○,（消す）,火 10:00-11:30\n".encode()
LIST = "市区町村コード,NO,名称,住所\n31202,1,東公民館,米子市東町1\n".encode()
LONG = json.dumps({"format": "participation-catalogue", "x": ["よ"] * 400_000}).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("catalogue.json", (CASES / "catalogue.json").read_bytes()),
        ("participants.json", (CASES / "participants.json").read_bytes()),
        ("form.csv", FORM),
        ("公共施設一覧_20260401.csv", LIST),
    ],
)
def test_what_is_read_apart_is_what_is_read_here(name: str, content: bytes) -> None:
    here = read(content, name)
    there = read_apart(content, name)
    assert there.draft() == here == unpack(pack(here))
    assert (there.kind, there.open_data, there.list_name, there.list_date) == (
        here.kind,
        here.open_data,
        here.list_name,
        here.list_date,
    )


def test_what_erases_still_erases_and_the_same_words_in_a_json_file_do_not() -> None:
    form = unpack(pack(read(FORM, "form.csv")))
    assert form.opportunities[0].record["notes"] is ERASE
    own = {"id": "o", "name": "団体", "x_own": {"（消す）": True}, "notes": "half \ud800"}
    document = {"format": "participation-catalogue", "version": "1.0", "organizations": [own], "sites": []}
    draft = read(json.dumps({**document, "opportunities": []}).encode(), "x.json")
    assert [entry.record for entry in unpack(pack(draft)).organizations] == [
        entry.record for entry in draft.organizations
    ]


def test_answers_to_the_questions_of_a_file_go_with_it() -> None:
    text = "団体名,活動名,人数めやす\nA,B,3\n".encode()
    assert read_apart(text, "x.csv").draft().unmapped == ["人数めやす"]
    told = read_apart(text, "x.csv", columns={"人数めやす": "定員（人）"}).draft()
    assert told.opportunities[0].record["capacity_total"] == 3
    assert read_apart(LIST, "x.csv", list_name="集会所").list_name == "集会所"


def test_a_file_that_is_none_of_ours_is_told_as_always() -> None:
    with pytest.raises(ImportProblem, match="participation-catalogue"):
        read_apart(b'{"format": "something"}', "x.json")
    with pytest.raises(ImportProblem, match="空のファイル"):
        read_apart(b"", "x.json")


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(seconds=0.02), "時間がかかりすぎる"),
        (Limits(megabytes=60), "大きすぎて|途中で止まりました"),
    ],
    ids=["clock", "memory"],
)
def test_what_reaches_a_limit_ends_in_one_sentence(limits: Limits, says: str) -> None:
    before = _children()
    with pytest.raises(ImportProblem, match=says) as told:
        read_apart(LONG, "長い.json", limits=limits)
    assert "「長い.json」" in str(told.value)
    assert _children() <= before


def test_a_reading_that_takes_the_processor_for_too_long_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "from seed.reading.__main__ import limit\nlimit(1024, 1)\nwhile True: pass"
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", script))
    with pytest.raises(ImportProblem, match="時間がかかりすぎる"):
        read_apart(FORM, "form.csv")


def _children() -> set[str]:
    listed = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text(encoding="ascii")
    return set(listed.split())


def test_a_reading_that_dies_is_one_sentence_and_its_kind_and_place_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for words, kept in (("KeyError form.py:12", "KeyError form.py:12"), ("山田花子 1980-01-01", "")):
        script = (
            f"import os, sys; sys.stderr.write({words!r}); sys.stderr.flush(); os.kill(os.getpid(), {signal.SIGKILL:d})"
        )
        monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", script))
        caplog.clear()
        with pytest.raises(ImportProblem, match="途中で止まりました"):
            read_apart(FORM, "form.csv")
        assert f"-9 {kept}".strip() in caplog.text
        assert "山田" not in caplog.text


def test_the_reading_process_knows_no_web_no_database_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAWA_SECRET_KEY", "nobody else's")
    script = (
        "import os, sys, seed.reading.__main__\n"
        "print([name for name in ('flask', 'sqlalchemy', 'sqlmodel', 'numpy', 'openpyxl') if name in sys.modules],"
        " [name for name in os.environ if name.startswith('ENGAWA')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=apart.SURROUNDINGS, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "[] []"


def test_no_more_are_read_at_once_than_may_be() -> None:
    limits = Limits(patience=0.1, at_once=threading.BoundedSemaphore(1))
    with limits.at_once, pytest.raises(ImportProblem, match="ほかの大きなファイル"):
        read_apart(FORM, "form.csv", limits=limits)
    assert read_apart(FORM, "form.csv", limits=Limits(at_once=limits.at_once)).kind == "catalogue"


def test_whoever_waits_for_a_reading_can_be_stopped_and_nothing_is_left_behind() -> None:
    script = "from seed.reading.apart import read_apart; import sys; read_apart(sys.stdin.buffer.read(), 'x.json')"
    asking = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, env=os.environ, start_new_session=True
    )
    assert asking.stdin is not None
    asking.stdin.write(LONG)
    asking.stdin.close()
    time.sleep(0.1)
    os.killpg(asking.pid, signal.SIGINT)
    assert asking.wait(20) != 0


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_a_space_far_below_costs_nothing() -> None:
    content = (SHARED / "inputs" / "xlsx-space-deep.xlsx").read_bytes()
    assert len(Reading.draft(read_apart(content, "deep.xlsx")).facilities) == 1
