"""The municipality's own words (呼び名) for roles, meetings and districts, as its settings give them (domain §1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.account import Role

STANDARD_ROLES: Mapping[Role, str] = {
    Role.CO: "地域福祉コーディネーター",
    Role.LD: "主任・管理者",
    Role.MC: "多機関協働",
    Role.GV: "市町村の担当課",
    Role.RF: "つなぎ元",
    Role.SC: "生活支援コーディネーター",
    Role.HO: "受け入れ先",
    Role.PT: "本人",
    Role.OU: "外部委託",
    Role.AU: "監査・閲覧",
}
STANDARD_DISTRICT = "地区"
HALLS = {"町": "町役場", "村": "村役場", "区": "区役所"}


@dataclass(frozen=True)
class LocalWords:
    """What people of one municipality say; the standard word where the settings have none."""

    roles: Mapping[Role, str]
    district: str = STANDARD_DISTRICT
    support_meeting: str = "支援会議"
    multi_agency_meeting: str = "重層的支援会議"
    hall: str = "市役所"

    @property
    def coordinator(self) -> str:
        return self.roles[Role.CO]

    @property
    def lead(self) -> str:
        return self.roles[Role.LD]

    @property
    def office(self) -> str:
        """The department in charge (市主管課)."""
        return self.roles[Role.GV]

    def held(self, roles: Iterable[Role]) -> str:
        """The roles of one account, joined."""
        held = set(roles)
        return "、".join(self.roles[role] for role in Role if role in held) or "役割なし"

    def label(self, standard: str) -> str:
        """The local word for a standard label of a form or a file; other labels stay."""
        return {STANDARD_DISTRICT: self.district, STANDARD_ROLES[Role.RF]: self.roles[Role.RF]}.get(standard, standard)


STANDARD = LocalWords(STANDARD_ROLES)
"""Where nobody is signed in, so that no municipality is known."""


def local_words(settings: Mapping[str, Any] | None, *, municipality_name: str) -> LocalWords:
    """The words of a settings record (`seed/sample/municipalities.json` shows its shape); odd entries are passed over."""
    given = settings if isinstance(settings, Mapping) else {}
    terms = given.get("terms")
    kind = municipality_name[-1:]
    office = {Role.GV: f"{kind}の担当課"} if kind in ("市", "町", "村", "区") else {}
    return LocalWords(
        roles={**STANDARD_ROLES, **office, **_roles(given.get("roles"))},
        district=_text(given.get("district_word")) or STANDARD_DISTRICT,
        support_meeting=_named(terms, "support_meeting") or STANDARD.support_meeting,
        multi_agency_meeting=_named(terms, "multi_agency_meeting") or STANDARD.multi_agency_meeting,
        hall=HALLS.get(kind, STANDARD.hall),
    )


def _roles(entries: Any) -> dict[Role, str]:
    found = {}
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping):
            role, label = _text(entry.get("role")), _text(entry.get("label"))
            if role in set(Role) and label:
                found[Role(role)] = label
    return found


def _named(terms: Any, name: str) -> str:
    entry = terms.get(name) if isinstance(terms, Mapping) else None
    return _text(entry.get("name")) if isinstance(entry, Mapping) else ""


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
