"""When the person can come against when the place is open (時間). Domain H10: at least one overlap of the shortest stay."""

from __future__ import annotations

from matching.columns.encodings import MISSING, Verdicts
from matching.inputs.phrases import WEEKDAYS, clock, listed
from matching.inputs.phrases import day as day_words
from matching.inputs.recurrence import Recurrence
from matching.question.answers import Change, Objection, ToAsk
from matching.question.question import Question
from matching.rules.kinds import Constraint
from matching.rules.shared.other_times import hour_change, on_day, other_days, smallest_shifts
from matching.travel.sessions import wanted_minutes

ANOTHER_DAY = 500
"""One more day is more to ask for than another hour (hundredths)."""


class Time(Constraint):
    """来られる時間と枠の重なり。"""

    code = "time"
    label = "時間"
    stage = "reachable"

    def verdicts(self, question: Question) -> Verdicts:
        return question.sessions.in_time

    def objection(self, question: Question, row: int) -> Objection:
        facts = question.facts(row)
        shift = int(question.once("shifts", lambda: smallest_shifts(question))[row])
        times = listed(dict.fromkeys(_slot_words(slot.recurrence) for slot in facts.slots), most=2)
        sentence = f"来られる時間と合いません（{times}）" if times else "来られる時間と合いません"
        if shift:
            return Objection(self.code, sentence, True, hour_change(shift))
        day = int(question.once("other days", lambda: other_days(question))[row])
        if day == MISSING:
            return Objection(self.code, sentence, True, None)
        change = Change(f"{WEEKDAYS[day]}曜日にも開いてもらえれば", lambda asked: on_day(asked, day), ANOTHER_DAY)
        return Objection(self.code, sentence, True, change)

    def to_ask(self, question: Question, row: int) -> ToAsk | None:
        if question.profile.available is None:
            return ToAsk(self.code, "ご本人に、来られる曜日と時間を聞く", False)
        slots = question.facts(row).slots
        if not any(slot.days_told for slot in slots):
            # Where nobody knows a day, the rule on the season asks for days and hours.
            return None
        minutes = int(question.sessions.longest[row])
        enough = int(wanted_minutes(question.profile, question.pool)[0][row])
        if 0 < minutes < enough:
            return ToAsk(self.code, f"{minutes}分ほどの短い参加でもよいか確かめる", False)
        if not all(slot.days_told for slot in slots):
            return ToAsk(self.code, "ほかに開いている曜日と時間を確かめる", False)
        return ToAsk(self.code, "何時から何時までか確かめる", False)


def _slot_words(recurrence: Recurrence) -> str:
    span = recurrence.span()
    days = "".join(WEEKDAYS[day] for day in sorted(recurrence.days or ()))
    if recurrence.dates and not days:
        days = listed((day_words(day) for day in sorted(recurrence.dates)), most=1)
    return f"{days} {clock(span[0])}〜{clock(span[1])}".strip() if span else days


RULE = Time()
