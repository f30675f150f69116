"""The interchange files in JSON: the catalogue, and the people to be matched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from seed.writing.catalogue import Audience, Catalogue, Record
from seed.writing.key_order import ordered, schema
from seed.writing.publication import visible


def write_catalogue(catalogue: Catalogue, *, audience: Audience = "staff") -> bytes:
    """The catalogue as JSON, as far as `audience` may see it. The same records give the same bytes."""
    seen = visible(catalogue, audience)
    return _written(
        "catalogue",
        {
            "format": "participation-catalogue",
            "version": "1.0",
            "exported_on": seen.exported_on,
            "municipality": seen.municipality,
            "calendar": seen.calendar,
            "organizations": list(seen.organizations),
            "sites": list(seen.sites),
            "opportunities": list(seen.opportunities),
        },
    )


def write_participants(
    participants: Sequence[Record], *, exported_on: str | None = None, municipality: Record | None = None
) -> bytes:
    """People as JSON: personal data, for the office only. Ages are counted on `exported_on` (ISO date)."""
    return _written(
        "participants",
        {
            "format": "participation-participants",
            "version": "1.0",
            "exported_on": exported_on,
            "municipality": municipality,
            "participants": list(participants),
        },
    )


def _written(name: str, document: dict[str, Any]) -> bytes:
    root = schema(name)
    present = {key: value for key, value in document.items() if value is not None}
    text = json.dumps(ordered(present, root, root), ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()
