"""Zip files from outside (.xlsx, timetables): what they hold is counted as it unpacks, whatever their table says."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

MOST_ENTRIES = 5_000
_HEAD = struct.Struct("<26xHH")
_PIECE = 256 * 1024


class TooMuchError(Exception):
    """A packed file holds more than may be unpacked."""


def entries_of(archive: zipfile.ZipFile, *, most_bytes: int) -> list[zipfile.ZipInfo]:
    """The files in it, where their number and what they say of their sizes can be borne. Raises TooMuchError."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > most_bytes:
        raise TooMuchError
    return entries


def check_unpacked(file: IO[bytes], entries: Iterable[zipfile.ZipInfo], *, most_bytes: int) -> None:
    """Raises TooMuchError where the entries unpack to more than `most_bytes` together, whatever they say of themselves."""
    left = most_bytes
    for entry in entries:
        for piece in pieces_of(file, entry):
            left -= len(piece)
            if left < 0:
                raise TooMuchError


def pieces_of(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry really unpacks to, piece by piece; never more than a piece is held. Raises BadZipFile."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or entry.flag_bits & 1:
        raise zipfile.BadZipFile(entry.compress_type)
    file.seek(entry.header_offset)
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise zipfile.BadZipFile("short")
    file.seek(sum(_HEAD.unpack(head)), 1)
    packed = iter(lambda: file.read(_PIECE), b"")
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from _first(packed, entry.compress_size)
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            while piece and not unpacker.eof:
                yield unpacker.decompress(piece, _PIECE)
                piece = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error as problem:
        raise zipfile.BadZipFile("broken") from problem


def _first(pieces: Iterable[bytes], count: int) -> Iterator[bytes]:
    for piece in pieces:
        yield piece[:count]
        count -= len(piece)
        if count <= 0:
            return
