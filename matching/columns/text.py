"""How close a person's likes are to the words of a place: pieces of words in common, a small tie-breaker and nothing more.

Similarity inverts negation (「接客は苦手」 is closest to 接客), so dislikes, limits and times never come here
(design: libraries §2). Japanese puts no gaps between words, so pieces are what can be compared: one character of
kanji, katakana or Latin, two neighbours of which one is such a character, and three hiragana (fewer are grammar).
Nothing of this depends on the other places of the pool: one place more changes the closeness of none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.columns.encodings import Floats, Masks, word_for
from matching.columns.jagged import Ragged, Rows, at, beginnings, below, picked
from matching.vocabulary import plain

Pieces = NDArray[np.uint16]
"""Hashed into sixteen bits: two different pieces meet once in 65,536 times."""
Letters = NDArray[np.uint32]
BREAK, HIRAGANA, WORD = 0, 1, 2
HIRAGANA_FIRST, HIRAGANA_LAST = "ぁ", "ゟ"
BETWEEN_TEXTS = "\0"
MOST_TEXTS = 64


@dataclass(frozen=True, kw_only=True)
class TextColumn(Ragged):
    """The distinct pieces of each opportunity's words."""

    pieces: Pieces

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        letters = np.frombuffer(BETWEEN_TEXTS.join([*map(plain, texts), ""]).encode("utf-32-le"), dtype=np.uint32)
        kind = _kinds(letters)
        row = np.cumsum(letters == ord(BETWEEN_TEXTS))
        found: list[NDArray[np.int64]] = []
        for count in (1, 2, 3):
            there = _there(kind, count)
            found.append(row[there] << 16 | _hashed(letters, there, count))
        # Distinct within each row, and row after row. Sorting is faster here than the hashing of np.unique.
        every = np.sort(np.concatenate(found))
        distinct = every[np.diff(every, prepend=-1) != 0]
        first = beginnings(np.bincount(distinct >> 16, minlength=len(texts)))
        return cls(first=first, pieces=(distinct & 0xFFFF).astype(np.uint16))

    def take(self, rows: Rows) -> Self:
        first, positions = picked(self.first, rows)
        return type(self)(first=first, pieces=at(self.pieces, positions))

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        first = below([part.first for part in parts])
        return cls(first=first, pieces=np.concatenate([part.pieces for part in parts]))

    def closeness(self, texts: Sequence[str]) -> Floats:
        """0..1 (N,): the share of pieces in common with the best of `texts`, by the cosine of the two sets."""
        closest = np.zeros(len(self.first) - 1, dtype=np.float32)
        table, counts = _asked(tuple(texts[:MOST_TEXTS]))
        has, hits = np.diff(self.first), np.flatnonzero((table != 0).take(self.pieces))
        shared = table[self.pieces[hits]]
        row = np.searchsorted(self.first, hits, side="right") - 1
        for number, wanted in enumerate(counts):
            common = np.bincount(row[shared & (1 << number) != 0], minlength=len(has))
            cosine = common / np.sqrt(np.maximum(has, 1) * max(wanted, 1))
            closest = np.maximum(closest, cosine.astype(np.float32))
        return closest


@lru_cache(maxsize=16)
def _asked(texts: tuple[str, ...]) -> tuple[Masks, list[int]]:
    """(of every possible piece the texts that have it, as bits; how many pieces each text has)."""
    column = TextColumn.of(texts)
    table = np.zeros(1 << 16, dtype=word_for(len(texts)))
    np.bitwise_or.at(table, column.pieces, table.dtype.type(1) << column.row.astype(table.dtype))
    return table, np.diff(column.first).tolist()


def _kinds(letters: Letters) -> NDArray[np.int8]:
    """Of each letter: part of a word, hiragana, or a break between words."""
    distinct, place = np.unique(letters, return_inverse=True)
    kind = np.array([_kind(chr(letter)) for letter in distinct.tolist()], dtype=np.int8)
    kinds: NDArray[np.int8] = kind[place]
    return kinds


def _kind(letter: str) -> int:
    if HIRAGANA_FIRST <= letter <= HIRAGANA_LAST:
        return HIRAGANA
    return WORD if letter.isalnum() else BREAK


def _there(kind: NDArray[np.int8], count: int) -> Rows:
    """Where a piece of this many letters begins."""
    letters = [kind[place : len(kind) - count + 1 + place] for place in range(count)]
    least, most = np.minimum.reduce(letters), np.maximum.reduce(letters)
    whole = (least == HIRAGANA) & (most == HIRAGANA) if count == 3 else (least != BREAK) & (most == WORD)
    return np.flatnonzero(whole)


def _hashed(letters: Letters, there: Rows, count: int) -> NDArray[np.int64]:
    """Sixteen bits of each piece; multiplication wraps around on purpose."""
    mixed = np.full(len(there), count, dtype=np.uint32)
    for place in range(count):
        mixed = (mixed ^ letters[there + place]) * np.uint32(0x9E3779B1)
        mixed ^= mixed >> np.uint32(15)
    return (mixed >> np.uint32(16)).astype(np.int64)
