"""What came of an import, from what was kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.importing import ImportBatch
from seed.reading.list_name import evidence
from web.pages.imports import MOST_SHOWN, SOMEBODY, Count
from web.services.imports import APPLIED
from web.wording import moment


@dataclass(frozen=True)
class OutcomePage:
    """What came of it."""

    title: str
    when: str
    who: str
    counts: list[Count]
    facility_list: str
    remarks: list[str]
    vanished: list[str]
    more_vanished: int
    problems: list[Mapping[str, object]]


def outcome_page(batch: ImportBatch, names: Mapping[UUID, str]) -> OutcomePage:
    """What has happened, from what was kept."""
    told = batch.outcome or {}
    who = names.get(UUID(told["by"]), SOMEBODY) if told.get("by") else "自動で"
    counts = [
        Count(label, f"{told[name]}件")
        for name, label in (("new", "新しく入った"), ("changed", "変わった"), ("unchanged", "同じだった"))
        if name in told
    ]
    remarks = []
    if told.get("located"):
        remarks.append(f"{told['located']}か所は、住所から地図の位置を求めました。")
    if told.get("not_located"):
        remarks.append(f"地図の位置がわからなかった場所：{'、'.join(told['not_located'][:MOST_SHOWN])}")
    if told.get("suggested"):
        remarks.append(
            f"一覧とのちがいを{told['suggested']}か所、場のページに並べました。いまの内容は変えていません。"
            "「一覧の値にする」か「いまのままにする」を、場ごとに選べます。"
        )
    return OutcomePage(
        title="取り込みました" if batch.state == APPLIED else "取り込まずに終えました",
        when=moment(datetime.fromisoformat(told["at"])) if told.get("at") else "",
        who=who,
        counts=counts,
        facility_list=evidence(batch.list_name, batch.list_date) if batch.list_name else "",
        remarks=remarks,
        vanished=told.get("vanished", []),
        more_vanished=told.get("more_vanished", 0),
        problems=told.get("problems", [])[:MOST_SHOWN],
    )
