"""Expert weights (専門職の重み), one versioned place. Points are hundredths of 100.

Source: domain §4.3. Change a weight only together with the version and its reason; learned weights never come here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WEIGHTS_VERSION = "2026-11-25"
UNKNOWN_CARRIED = 0.5
"""Share of an unknown criterion's weight that is shared out among what is known: unknown is not zero, but it lowers."""
POINTS_PER_OPEN_QUESTION = 200
"""Two points (in hundredths) off for every fact under a condition that nobody has checked."""
MOST_OPEN_QUESTIONS = 15


@dataclass(frozen=True)
class Weight:
    """Weight in hundred, and why."""

    value: int
    reason: str


WEIGHTS: Mapping[str, Weight] = {
    "needs": Weight(25, "本人が求めるものから始める。好みに合う場は続きやすい"),
    "interests": Weight(15, "好きなこと・得意なことは、続ける力になる"),
    "load_fit": Weight(15, "余力ぴったりか、望んだ背伸びなら、失敗の体験になりにくい"),
    "reliefs": Weight(12, "不安に手当てのある場は、初めの一歩が軽い"),
    "travel_ease": Weight(8, "近いことより、無理なく通えること"),
    "nice_accommodations": Weight(8, "あると良い配慮がそろうほど、気をつかわずにいられる"),
    "time_fit": Weight(5, "曜日・回数・長さが望みに近いこと"),
    "host_slack": Weight(5, "余裕のある受け入れ先に頼む。疲れた所に重ねない"),
    "next_step": Weight(3, "次の一歩につながる道があること。急がせない"),
    "fresh": Weight(2, "新しい情報ほど、空振りが少ない"),
    "near_home": Weight(2, "近所がよい・避けたいという気持ち"),
}
