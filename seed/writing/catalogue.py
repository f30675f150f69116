"""What an export is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Record = Mapping[str, Any]

Audience = Literal["staff", "partners", "public"]
"""Who will read the file: our own office, the agencies we work with, anybody."""


@dataclass(frozen=True)
class Catalogue:
    """台帳: organizations, their sites and opportunities as interchange records, in the order to be written.

    `exported_on` is an ISO date; `municipality` and `calendar` have the shape of the catalogue schema.
    """

    organizations: Sequence[Record] = ()
    sites: Sequence[Record] = ()
    opportunities: Sequence[Record] = ()
    municipality: Record | None = None
    calendar: Record | None = None
    exported_on: str | None = None


@dataclass(frozen=True)
class Written:
    """A file, and in Japanese sentences what of the catalogue is not in it."""

    content: bytes
    sentences: list[str] = field(default_factory=list)
