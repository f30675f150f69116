"""What came of an import, from what was kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.importing import ImportBatch
from seed.reading.list_name import evidence
from web.pages.imports import MOST_SHOWN, SOMEBODY, Count
from web.services.import_states import APPLIED, TAKEN_BACK
from web.services.taking_back import TOO_LATE
from web.wording import moment

TITLES = {APPLIED: "取り込みました", TAKEN_BACK: "取り消しました"}


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
    taken_back: str
    """When and by whom it was taken back; '' where it was not."""
    take_back_address: str | None
    too_late: str
    of_people: bool


def outcome_page(batch: ImportBatch, names: Mapping[UUID, str], *, take_back_address: str | None = None) -> OutcomePage:
    """What has happened, from what was kept. `take_back_address` is where it can be taken back, while it can."""
    told, taken_back = batch.outcome or {}, batch.state == TAKEN_BACK
    who = names.get(UUID(told["by"]), SOMEBODY) if told.get("by") else "コマンドで" if told.get("command") else "自動で"
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
        title=TITLES.get(batch.state, "取り込まずに終えました"),
        when=moment(datetime.fromisoformat(told["at"])) if told.get("at") else "",
        who=who,
        counts=[] if taken_back else counts,
        facility_list=evidence(batch.list_name, batch.list_date) if batch.list_name else "",
        remarks=[] if taken_back else remarks,
        vanished=[] if taken_back else told.get("vanished", []),
        more_vanished=0 if taken_back else told.get("more_vanished", 0),
        problems=[] if taken_back else told.get("problems", [])[:MOST_SHOWN],
        taken_back=_taken_back(told, names) if taken_back else "",
        take_back_address=take_back_address,
        of_people=batch.kind == "participants",
        too_late=TOO_LATE if batch.state == APPLIED and take_back_address is None else "",
    )


def _taken_back(told: Mapping[str, str], names: Mapping[UUID, str]) -> str:
    by = told.get("taken_back_by")
    who = names.get(UUID(by), SOMEBODY) if by else "担当の人"
    when = told.get("taken_back_at")
    at = f"{moment(datetime.fromisoformat(when))}に" if when else ""
    return f"{at}{who}が取り消しました。記録は、取り込む前に戻っています。"
