"""How names, addresses and numbers of a facility list are compared: one spelling for the many ways they are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seed.place_names import fold, split_prefecture, without_county, without_postal_code

_LOT = re.compile(r"(?<=\d)(?:丁目|番地|番|号)ノ?")
_LOT_JOINED = re.compile(r"(?<=\d)ノ(?=\d)")
_LOOSE = re.compile(r"-+(?!\d)|(?<!\d)-+")
LONGEST_COUNTY = 6


@dataclass(frozen=True)
class RowKey:
    """What a row is found by: its own number as written, its name and its address as they are compared."""

    number: str
    name: str
    address: str


def name_key(text: str) -> str:
    """ひばり 集会所 and ひばり集会所 are one name."""
    return re.sub(r"\s", "", fold(text)).casefold()


def address_key(text: str, town: str = "") -> str:
    """岩手県奥州市水沢桜町1番地2号, 奥州市水沢桜町1-2 and 水沢桜町１の２ are one address in 奥州市.

    Only the town that is ours may be left out: of another, it is part of where a place is.
    """
    spelled = re.sub(r"[\s　,、]", "", without_postal_code(fold(text)))
    _, rest = split_prefecture(spelled)
    ours = re.sub(r"\s", "", without_county(split_prefecture(fold(town))[1]))
    where = rest.find(ours) if ours else -1
    if where == 0 or (0 < where <= LONGEST_COUNTY and rest[where - 1] == "郡"):
        rest = rest[where + len(ours) :]
    lots = _LOT_JOINED.sub("-", _LOT.sub("-", rest))
    return _LOOSE.sub("", lots).casefold()
