"""What if somebody drove them (送り迎え): the smallest change that lifts most ways that are too far. Domain H9."""

from __future__ import annotations

from matching.inputs.profile import TravelMode
from matching.question.question import Question


def driven(question: Question) -> Question:
    """The same, were the person driven there whatever the day: nobody walks, waits or pays."""
    car = TravelMode(
        mode="staff_car", max_minutes=30, season=None, days=None, not_before=None, not_after=None, cost_yen=None
    )
    known = question.profile.transport or ()
    most = question.profile.max_travel_minutes
    return question.for_person(transport=(*known, car), max_travel_minutes=max(most, 30) if most else most)
