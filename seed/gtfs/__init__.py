"""Timetables of buses and trains as operators publish them: GTFS-JP (標準的なバス情報フォーマット)."""

from __future__ import annotations

from seed.gtfs.feed import ReadFeed
from seed.gtfs.feed_store import Replaced, keep_feed
from seed.gtfs.reading import read_feed
from seed.gtfs.words import kept_words

__all__ = ["ReadFeed", "Replaced", "keep_feed", "kept_words", "read_feed"]
