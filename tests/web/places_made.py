"""Small catalogues for tests of the pages about places: what is not said is unknown."""

from __future__ import annotations

import json
from typing import Any

HOST = {"id": "org-1", "name": "花の会", "type": "volunteer_group", "status": "open"}
SITE = {"id": "site-1", "organization_id": "org-1", "name": "花の畑", "district": "みなみ"}


def place(key: str = "opp-1", title: str = "花の水やり", **said: Any) -> dict[str, Any]:
    """An opportunity of the flower people, open and confirmed two weeks ago; None is not said at all."""
    usual = {"organization_id": "org-1", "site_id": "site-1", "status": "open", "verified_on": "2026-11-10"}
    told = {"id": key, "title": title, **usual, **said}
    return {name: value for name, value in told.items() if value is not None}


def bare(key: str = "opp-1", title: str = "花の水やり") -> dict[str, Any]:
    """A name and nothing else."""
    return {"id": key, "title": title, "organization_id": "org-1"}


def catalogue(
    *opportunities: dict[str, Any], hosts: list[dict[str, Any]] | None = None, sites: list[dict[str, Any]] | None = None
) -> tuple[str, bytes]:
    """A catalogue file of these, at the flower people's unless other hosts are given."""
    file = {
        "format": "participation-catalogue",
        "version": "1.0",
        "organizations": [HOST] if hosts is None else hosts,
        "sites": [SITE] if sites is None else sites,
        "opportunities": list(opportunities),
    }
    return "catalogue.json", json.dumps(file).encode()


def many(count: int) -> tuple[str, bytes]:
    return catalogue(*(place(f"opp-{number}", f"場{number:03}") for number in range(count)))
