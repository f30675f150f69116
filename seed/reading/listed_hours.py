"""開始時間 and 終了時間 of a facility list; hours at night are not believed, for a spreadsheet makes 0:09 of nine o'clock."""

from __future__ import annotations

from seed.reading.clocks import read_clock

HEADERS = {"start": "開始時間", "end": "終了時間"}
DAYBREAK, MIDNIGHT = "05:00", "24:00"
ALL_DAY = ("00:00", "23:50")
"""Who opens at midnight and closes no earlier than this is open all day."""


def listed_hours(start: str | None, end: str | None) -> tuple[dict[str, str], list[str], list[tuple[str, str]]]:
    """(hours by field, what is kept as words, header and sentence of what was not read)."""
    written = {name: text for name, text in (("start", start), ("end", end)) if text}
    read = {name: read_clock(text) for name, text in written.items()}
    if read.get("start") == MIDNIGHT:
        read["start"] = None
    if _at_night(read):
        words = [f"{HEADERS[name]} {text}" for name, text in written.items()]
        return {}, words, [(HEADERS[next(iter(written))], _night_sentence(written, read))]
    hours = {name: time for name, time in read.items() if time is not None}
    unread = {name: text for name, text in written.items() if name not in hours}
    words = [f"{HEADERS[name]} {text}" for name, text in unread.items()]
    return hours, words, [(HEADERS[name], kept_as_words(HEADERS[name], text)) for name, text in unread.items()]


def kept_as_words(header: str, words: str) -> str:
    return f"{header}「{words}」は読めなかったので、覚え書きとして残しました。{header}は未確認のままです。"


def _at_night(read: dict[str, str | None]) -> bool:
    start, end = read.get("start"), read.get("end")
    if start == ALL_DAY[0] and end is not None and end >= ALL_DAY[1]:
        return False
    return any(time is not None and time < DAYBREAK for time in (start, end))


def _night_sentence(written: dict[str, str], read: dict[str, str | None]) -> str:
    said = "〜".join(written.values())
    hours = [int(time[3:]) for time in read.values() if time is not None and time.startswith("00:") and time != "00:00"]
    if len(hours) == len(read) and all(hour <= 24 for hour in hours):
        meant = "から".join(f"{hour}時" for hour in hours) + ("まで" if len(hours) > 1 else "")
        advice = f"{meant}のことなら直してください。"
    else:
        advice = "昼の時刻のことなら直してください。"
    return f"「{said}」は夜中の時刻です。{advice}いまは覚え書きとして残し、時間は未確認のままにします。"
