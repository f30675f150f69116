"""On cases that nobody tuned for at first: nothing harmful is proposed, and what all would propose first is found."""

from __future__ import annotations

import pytest

from tests.quality.__main__ import KNOWN_LIMITS, further

pytestmark = pytest.mark.unwatched


def test_nothing_forbidden_stands_in_a_list_and_the_best_places_do() -> None:
    for name, score in further():
        assert set(score.forbidden) <= KNOWN_LIMITS, name
        assert score.best_found == 1, name
