"""What an import of a timetable did, in the words of whoever ran it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matching.inputs.phrases import long_day
from seed.gtfs.feed import ReadFeed
from seed.gtfs.feed_store import Count, Replaced


def kept_words(feed: ReadFeed, replaced: Replaced, *, on: date) -> Iterator[str]:
    """One sentence a line: what is there now, what is different, from when to when, and what could not be used."""
    done = "入れ替えました" if replaced.again else "取り込みました"
    yield f"「{feed.name}」の時刻表を{done}。"
    counts = (("停留所", replaced.stops), ("路線", replaced.routes), ("便", replaced.trips))
    yield "、".join(f"{label} {_count(count, again=replaced.again)}" for label, count in counts) + "。"
    yield f"{long_day(feed.first)}から{long_day(feed.last)}までの時刻表です。それ以外の日のバスは「時刻は要確認」と出ます。"
    if feed.last < on:
        yield "この時刻表の期間はもう終わっています。新しい時刻表を取り込んでください。"
    elif feed.first > on:
        yield f"{long_day(feed.first)}になるまでは、バスの時刻は「要確認」と出ます。"
    yield from feed.left_out


def _count(count: Count, *, again: bool) -> str:
    if not again:
        return str(count.now)
    if not count.new and not count.gone:
        return f"{count.now}（変わりません）"
    return f"{count.now}（新しいもの {count.new}、なくなったもの {count.gone}）"
