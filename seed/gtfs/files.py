"""The text files of a feed, from a zip or a folder: only those we read, and never more than a machine can bear."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import IO

from seed.errors import ImportProblem
from seed.packed_files import TooMuchError, check_unpacked, entries_of

REQUIRED = ("agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt")
OPTIONAL = ("calendar.txt", "calendar_dates.txt", "feed_info.txt", "frequencies.txt")
"""Everything else (agency_jp.txt, shapes.txt, fare_rules.txt …) says nothing about when a bus goes."""
MOST_BYTES = 300_000_000
"""Of all files that are read together. The stop times of a large city are a third of this."""
MOST_PACKED = 2_000_000_000
"""Of everything in the zip by its own word; shapes.txt may be large, and is not unpacked."""
SUSPICIOUS_BYTES, SUSPICIOUS_RATIO = 20_000_000, 200
"""Timetables shrink to a tenth or a twentieth; what shrinks further is no timetable."""
_AGAIN = "標準的なバス情報フォーマット（GTFS-JP）の zip か、それを開いたフォルダを選び直してください。"


def feed_files(source: Path | Traversable) -> Mapping[str, bytes]:
    """File name to content. Raises ImportProblem with one sentence."""
    found = _of_folder(source) if source.is_dir() else _of_zip(source)
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        raise ImportProblem(f"「{source.name}」には{'・'.join(missing)}がありません。{_AGAIN}")
    if "calendar.txt" not in found and "calendar_dates.txt" not in found:
        raise ImportProblem(
            f"「{source.name}」には運行日（calendar.txt か calendar_dates.txt）がありません。"
            "もとの時刻表をもう一度受け取って選び直してください。"
        )
    return found


def _of_folder(folder: Path | Traversable) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name in (*REQUIRED, *OPTIONAL) and entry.is_file():
            left = MOST_BYTES - sum(map(len, found.values()))
            found[entry.name] = _read(entry.name, folder.name, lambda entry=entry: entry.open("rb"), most=left)  # type: ignore[misc]
    return found


def _of_zip(source: Path | Traversable) -> dict[str, bytes]:
    try:
        with source.open("rb") as opened, zipfile.ZipFile(opened) as archive:
            return _unpacked(archive, opened, source.name)
    except TooMuchError:
        raise ImportProblem(
            f"「{source.name}」は、時刻表としては大きすぎて読めません。もとの時刻表を受け取り直してください。"
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise ImportProblem(f"「{source.name}」は時刻表の zip として開けません。{_AGAIN}") from None


def _unpacked(archive: zipfile.ZipFile, opened: IO[bytes], name: str) -> dict[str, bytes]:
    entries = {
        PurePosixPath(entry.filename): entry
        for entry in entries_of(archive, most_bytes=MOST_PACKED)
        if "__MACOSX" not in entry.filename
    }
    homes = {path.parent for path in entries if path.name == "stops.txt"}
    if len(homes) > 1:
        raise ImportProblem(f"「{name}」には時刻表が二つ以上入っています。一つずつ選んで取り込んでください。")
    if not homes and any(path.suffix.lower() == ".zip" for path in entries):
        raise ImportProblem(f"「{name}」の中に、また zip が入っています。一度開いて、中の zip を選び直してください。")
    home = next(iter(homes), PurePosixPath())
    found: dict[str, bytes] = {}
    wanted: dict[str, zipfile.ZipInfo] = {}
    for file in (*REQUIRED, *OPTIONAL):
        entry = entries.get(home / file)
        if entry is None:
            continue
        if entry.flag_bits & 1:
            raise ImportProblem(f"「{name}」にはパスワードがかかっています。外したものを選び直してください。")
        swollen = entry.file_size > SUSPICIOUS_RATIO * max(entry.compress_size, 1)
        if entry.file_size > MOST_BYTES or (entry.file_size > SUSPICIOUS_BYTES and swollen):
            raise ImportProblem(_too_large(name, file))
        wanted[file] = entry
    check_unpacked(opened, wanted.values(), most_bytes=MOST_BYTES)
    for file, entry in wanted.items():
        found[file] = _read(file, name, lambda entry=entry: archive.open(entry))  # type: ignore[misc]
    return found


def _read(file: str, name: str, opened: Callable[[], IO[bytes]], *, most: int | None = None) -> bytes:
    most = MOST_BYTES if most is None else most
    with opened() as content:
        read = content.read(most + 1)
    if len(read) > most:
        raise ImportProblem(_too_large(name, file))
    return read


def _too_large(name: str, file: str) -> str:
    return f"「{name}」の{file}は、時刻表としては大きすぎて読めません。もとの時刻表を受け取り直してください。"
