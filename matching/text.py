"""How close a person's likes are to the words of a place: character n-grams, a small tie-breaker and nothing more.

Similarity inverts negation (「接客は苦手」 is closest to 接客), so dislikes, limits and times never come here
(design: libraries §2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.columns import Floats


@dataclass(frozen=True)
class TextColumn:
    """One sparse row of TF-IDF weights an opportunity."""

    vectorizer: Any
    matrix: Any

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
        # A catalogue may be empty or wordless; the vectorizer wants at least one word.
        fitted = vectorizer.fit([*texts, "場"])
        return cls(fitted, fitted.transform(texts).tocsr() if texts else fitted.transform(["場"])[:0])

    def take(self, rows: NDArray[np.intp]) -> Self:
        return type(self)(self.vectorizer, self.matrix[rows])

    @classmethod
    def stacked(cls, parts: Sequence[Self]) -> Self:
        """Parts of one pool, one below the other."""
        return cls(parts[0].vectorizer, vstack([part.matrix for part in parts], format="csr"))

    def closeness(self, texts: Sequence[str]) -> Floats:
        """Cosine 0..1 of every row to the best of `texts`; zeros where there is nothing to compare."""
        if not texts or not self.matrix.shape[0]:
            return np.zeros(self.matrix.shape[0], dtype=np.float32)
        products = self.matrix @ self.vectorizer.transform(texts).T
        return np.asarray(products.max(axis=1).todense(), dtype=np.float32).ravel()
