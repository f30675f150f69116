"""Reading a municipality's list of towns with their coordinates (地名の一覧).

Two kinds of file are read: the JSON of a municipality (`[{"town", "koaza", "lat", "lng"}]`, named after it), and the
位置参照情報 CSV of the Ministry of Land, either one row a town (大字・町丁目レベル) or one row a block (街区レベル).
"""

from __future__ import annotations

import csv
import io
import json
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from seed.errors import ImportProblem
from seed.place_names import is_municipality, split_prefecture, without_county
from seed.reading.json_shape import check_shape

# Japan with its furthest islands, degrees WGS84: a value outside is a mistake (often latitude and longitude swapped).
_LATITUDES = (20.0, 46.0)
_LONGITUDES = (122.0, 155.0)

LARGEST_LIST = 100_000_000
"""Bytes. All blocks of the largest prefecture are a third of it."""
_TOWN_LEVEL = ("都道府県名", "市区町村コード", "市区町村名", "大字町丁目名", "緯度", "経度")
_BLOCK_LEVEL = ("都道府県名", "市区町村名", "大字・丁目名", "小字・通称名", "緯度", "経度")


@dataclass(frozen=True, slots=True)
class Town:
    """One town (大字・町丁目), or one part of it (小字) where `koaza` is not empty.

    `prefecture` and `code` are "" where the file does not say. Coordinates are WGS84 degrees, both None where the
    list names the place without a position.
    """

    prefecture: str
    municipality: str
    code: str
    town: str
    koaza: str
    latitude: float | None
    longitude: float | None


def read_gazetteer(content: bytes, name: str, *, municipality: tuple[str, str, str] | None = None) -> list[Town]:
    """The towns of a file, in its order; blocks of one town are brought together at their mean.

    `municipality` is (prefecture, name, code). For the JSON it says whose towns they are, else the file name does. From
    a CSV, which says it in each row, only the rows of that municipality (or of its wards) are taken.
    Raises ImportProblem with one sentence for people.
    """
    text = _decoded(content, name)
    towns = _read_json(text, name, municipality) if text.lstrip().startswith(("[", "{")) else _read_csv(text, name)
    if not towns:
        raise ImportProblem(f"「{name}」には町の名前が一つもありません。中身のある地名の一覧を選び直してください。")
    if municipality is None:
        return towns
    kept = [town for town in towns if _within(town, municipality)]
    if not kept:
        raise ImportProblem(
            f"「{name}」には{municipality[1]}の町の名前がありません。{municipality[1]}の一覧を選び直してください。"
        )
    return kept


def _within(town: Town, municipality: tuple[str, str, str]) -> bool:
    prefecture, name, _ = municipality
    if prefecture and town.prefecture and town.prefecture != prefecture:
        return False
    own, asked = without_county(town.municipality), without_county(name)
    return own == asked or (asked.endswith("市") and own.startswith(asked) and own.endswith("区"))


def _decoded(content: bytes, name: str) -> str:
    if not content.strip():
        raise ImportProblem(f"「{name}」は空のファイルです。中身のある地名の一覧を選び直してください。")
    if len(content) > LARGEST_LIST:
        raise ImportProblem(f"「{name}」は大きすぎます（100MBまで）。市町村か都道府県ごとの一覧を選び直してください。")
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp932", "euc_jp")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportProblem(f"「{name}」は文字として読めません。地名の一覧（CSV または JSON）を選び直してください。")


def _read_json(text: str, name: str, municipality: tuple[str, str, str] | None) -> list[Town]:
    if municipality is None:
        stem = unicodedata.normalize("NFC", PurePath(name).stem)
        prefecture, own = split_prefecture(stem)
        if not is_municipality(own):
            raise ImportProblem(
                f"「{name}」がどの市町村の一覧か分かりません。"
                "ファイルの名前を「奥州市.json」のように市町村名にするか、市町村を選んでください。"
            )
        municipality = (prefecture, own, "")
    check_shape(text, name)
    try:
        rows = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise ImportProblem(
            f"「{name}」は途中で壊れています。もとの一覧をもう一度保存して選び直してください。"
        ) from None
    if not isinstance(rows, list):
        raise ImportProblem(
            f"「{name}」は地名の一覧の形ではありません。地名の一覧（CSV または JSON）を選び直してください。"
        )
    prefecture, own, code = municipality
    towns = []
    for position, row in enumerate(rows, start=1):
        place = f"{position}件目"
        if not isinstance(row, dict) or not isinstance(row.get("town"), str) or not row["town"].strip():
            raise ImportProblem(f"「{name}」の{place}に町の名前（town）がありません。そこを直してください。")
        koaza = row.get("koaza") or ""
        if not isinstance(koaza, str):
            raise ImportProblem(f"「{name}」の{place}の小字（koaza）が文字ではありません。そこを直してください。")
        latitude, longitude = _coordinates(row.get("lat"), row.get("lng"), name, place)
        towns.append(Town(prefecture, own, code, row["town"].strip(), koaza.strip(), latitude, longitude))
    return towns


def _coordinates(latitude: object, longitude: object, name: str, place: str) -> tuple[float | None, float | None]:
    """Both numbers, or both None where the list leaves the position empty."""
    if latitude in (None, "") and longitude in (None, ""):
        return None, None
    try:
        values = float(str(latitude)), float(str(longitude))
    except ValueError:
        values = math.nan, math.nan
    if not (_LATITUDES[0] <= values[0] <= _LATITUDES[1] and _LONGITUDES[0] <= values[1] <= _LONGITUDES[1]):
        raise ImportProblem(
            f"「{name}」の{place}の緯度「{latitude}」・経度「{longitude}」が日本の中の位置になりません。そこを直してください。"
        )
    return values


def _read_csv(text: str, name: str) -> list[Town]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""))
        headers = [unicodedata.normalize("NFKC", header).strip() for header in next(rows, [])]
        lines = ((rows.line_num, dict(zip(headers, row, strict=False))) for row in rows if any(row))
        if set(_TOWN_LEVEL) <= set(headers):
            return list(_town_rows(lines, name))
        if set(_BLOCK_LEVEL) <= set(headers):
            return _means(_block_rows(lines, name))
    except csv.Error:
        raise ImportProblem(
            f"「{name}」は表として読めません。もとの一覧をもう一度保存して選び直してください。"
        ) from None
    raise ImportProblem(
        f"「{name}」の見出しが位置参照情報のものと違います。"
        "国土交通省の位置参照情報（大字・町丁目レベルか街区レベル）の CSV を選び直してください。"
    )


def _town_rows(lines: Iterable[tuple[int, Mapping[str, str]]], name: str) -> Iterator[Town]:
    for line, row in lines:
        prefecture, own = _named(row, name, line)
        town = row.get("大字町丁目名", "").strip()
        if not town:
            raise ImportProblem(f"「{name}」の{line}行目に大字町丁目名がありません。そこを直してください。")
        latitude, longitude = _coordinates(row.get("緯度"), row.get("経度"), name, f"{line}行目")
        yield Town(prefecture, own, row["市区町村コード"].strip(), town, "", latitude, longitude)


def _block_rows(lines: Iterable[tuple[int, Mapping[str, str]]], name: str) -> Iterator[Town]:
    """Each block twice: for its town and, where it lies in a 小字, for that. A block without a town is passed over."""
    for line, row in lines:
        prefecture, own = _named(row, name, line)
        town, koaza = row.get("大字・丁目名", "").strip(), row.get("小字・通称名", "").strip()
        if not town:
            continue
        latitude, longitude = _coordinates(row.get("緯度"), row.get("経度"), name, f"{line}行目")
        yield Town(prefecture, own, "", town, "", latitude, longitude)
        if koaza:
            yield Town(prefecture, own, "", town, koaza, latitude, longitude)


def _named(row: Mapping[str, str], name: str, line: int) -> tuple[str, str]:
    prefecture, own = row.get("都道府県名", "").strip(), row.get("市区町村名", "").strip()
    if not own:
        raise ImportProblem(f"「{name}」の{line}行目に市区町村名がありません。そこを直してください。")
    return prefecture, own


def _means(blocks: Iterable[Town]) -> list[Town]:
    """One town for all its blocks, in the order of their first block."""
    points: dict[tuple[str, str, str, str], list[tuple[float, float]]] = {}
    for block in blocks:
        found = points.setdefault((block.prefecture, block.municipality, block.town, block.koaza), [])
        if block.latitude is not None and block.longitude is not None:
            found.append((block.latitude, block.longitude))
    return [
        Town(
            prefecture,
            own,
            "",
            town,
            koaza,
            round(math.fsum(point[0] for point in found) / len(found), 6) if found else None,
            round(math.fsum(point[1] for point in found) / len(found), 6) if found else None,
        )
        for (prefecture, own, town, koaza), found in points.items()
    ]
