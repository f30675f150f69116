"""How files get in: any of the formats, as bytes, to a draft of records and problems."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from seed.draft import Draft
from seed.reading.json_files import read_json
from seed.reading.table import read_rows
from seed.reading.tables import read_table
from seed.reading.text import check_size, decode

__all__ = ["read"]

ZIP = b"PK\x03\x04"


def read(
    content: bytes,
    name: str,
    *,
    columns: Mapping[str, str] | None = None,
    list_name: str | None = None,
    list_date: date | None = None,
) -> Draft:
    """Read a file. `columns` says what headers mean that no alias knows ("" = not used).

    Raises ImportProblem, one sentence, where nothing in the file can be used.
    """
    check_size(content, name)
    if content.startswith(ZIP):
        return read_table(read_rows(content, name), name, columns=columns, list_name=list_name, list_date=list_date)
    text = decode(content, name)
    if text.lstrip().startswith(("{", "[")):
        return read_json(text, name)
    return read_table(read_rows(text, name), name, columns=columns, list_name=list_name, list_date=list_date)
