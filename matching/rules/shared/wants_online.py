"""Whether joining from home (家からの参加) is what the person is looking for."""

from __future__ import annotations

from matching.question.question import Question


def wants_home(question: Question) -> bool:
    """They asked for it, they cannot go out yet, or nobody has asked what they want."""
    profile = question.profile
    asked = "join_online" in profile.needs or "online_gathering" in profile.interest_types
    return asked or not profile.needs or profile.stage == 0 or question.capacity("outing") == 0
