"""What of a file can only be judged on a day: births to come, and holidays that a calendar does not reach."""

from __future__ import annotations

from datetime import date, timedelta

from matching.inputs.recurrence import HORIZON_DAYS
from seed.draft import Draft
from seed.problems import Problem

LOOKED_AHEAD = timedelta(days=HORIZON_DAYS)
"""The weeks that are planned; farther off there is time for another calendar."""


def check_dates(draft: Draft, *, on: date) -> None:
    """Leave out what cannot be on this day, and warn of what will soon be missing."""
    for entry in draft.participants:
        born = entry.record.get("birth_date")
        if isinstance(born, str) and born > on.isoformat():
            del entry.record["birth_date"]
            sentence = (
                f"本人「{entry.record['display_name']}」の「生年月日」{born}はまだ来ていない日です。"
                "この欄だけ取り込みません。直してください。"
            )
            draft.problems.append(Problem(entry.line, "生年月日", sentence, False))
    last = max((draft.calendar or {}).get("holidays") or (), default=None)
    if last is not None and date.fromisoformat(last) < on + LOOKED_AHEAD:
        sentence = (
            f"暦の祝日は{last}までしか書いてありません。それより後は国民の祝日で補うので、"
            "決まったら新しい暦を取り込んでください。"
        )
        draft.problems.append(Problem(None, "calendar", sentence, False))
