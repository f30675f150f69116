"""The company a person would like to be in (人数・顔ぶれの希望) against the company a place usually has."""

from __future__ import annotations

import numpy as np

from matching.columns.encodings import Floats, has
from matching.question.question import Question
from matching.vocabulary import ENUMS, VOCABULARIES

SIZES = VOCABULARIES["group_sizes"].codes
BY_STEPS = {-3: 0.6, -2: 0.7, -1: 0.85, 0: 1.0, 1: 0.4, 2: 0.0, 3: 0.0}
"""Steps above the size wished for (人数): a smaller circle is easier to bear than a larger one."""
BANDS = ((18, "under_18"), (30, "18_29"), (50, "30_49"), (65, "50_64"), (200, "65_plus"))


def band_of(age: int) -> str:
    """The age band (年代) an age in years belongs to."""
    return next(band for above, band in BANDS if age < above)


def company(question: Question) -> dict[str, Floats]:
    """Label of each wish to how far it holds, 0..1, NaN = unknown. Wishes that were not asked about are absent."""
    profile, pool = question.profile, question.pool
    held: dict[str, Floats] = {}
    if profile.group_size in SIZES and profile.group_size != "any_size":
        steps = pool.group_size - np.int8(SIZES.index(profile.group_size))
        size = np.full(len(pool), np.nan, dtype=np.float32)
        for step, share in BY_STEPS.items():
            size = np.where(steps == step, np.float32(share), size)
        held[VOCABULARIES["group_sizes"].label(profile.group_size)] = np.where(
            pool.group_size < 0, np.nan, size
        ).astype(np.float32)
    for code in profile.companions:
        held[VOCABULARIES["companions"].label(code)] = _companion(question, code)
    return held


def _companion(question: Question, code: str) -> Floats:
    pool = question.pool
    if code == "similar_age":
        if question.profile.age is None:
            return np.full(len(pool), np.nan, dtype=np.float32)
        there = has(pool.age_bands, ENUMS["age_band"].mask([band_of(question.profile.age)]))
        same: Floats = np.where(pool.age_bands == 0, np.nan, there).astype(np.float32)
        return same
    mask = VOCABULARIES["companions"].mask([code])
    share = np.where(has(pool.mix_no, mask), 0.0, np.nan)
    share = np.where(has(pool.mix_conditional, mask), 0.5, share)
    found: Floats = np.where(has(pool.mix_yes, mask), 1.0, share).astype(np.float32)
    return found
