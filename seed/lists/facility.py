"""A row of a facility list as it is written, before anybody knows which place it stands for."""

from __future__ import annotations

from dataclasses import dataclass

from seed.records import Record


@dataclass(frozen=True)
class Facility:
    """施設の一覧の1行. The records carry what the row says and no ids: those are found when the list is compared.

    `owner` is 団体名, else the name of the place itself (`own`); `code` and `municipality` say whose list it is.
    """

    line: int | None
    number: str
    name: str
    address: str
    owner: str
    own: bool
    code: str
    municipality: str
    organization: Record
    site: Record
    opportunity: Record
