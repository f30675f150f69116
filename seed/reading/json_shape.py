"""How deep and how many: what a JSON text would become is counted before anything is built of it."""

from __future__ import annotations

import re

from seed.errors import ImportProblem

DEEPEST = 60
MOST_VALUES = 2_000_000
"""Values and names together. Twenty thousand places with all that can be said of them are a third of it."""

# A text that never ends reaches to the end: then the rest is no structure, and the parser says where it broke.
# Nothing is tried twice (possessive), so that no run of quotes or backslashes takes longer than its length.
_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)', re.DOTALL)
_NO_STRUCTURE = re.compile(r"[^\[\]{},:]+")


def check_shape(text: str, name: str) -> None:
    """Raises ImportProblem for what nests too deeply or holds too much. Brackets inside texts are texts."""
    structure = _NO_STRUCTURE.sub("", _TEXT.sub("", text))
    signs = {sign: structure.count(sign) for sign in "[{,:"}
    if sum(signs.values()) > MOST_VALUES:
        raise ImportProblem(
            f"「{name}」は中身が多すぎて一度に読めません。いくつかのファイルに分けて取り込んでください。"
        )
    depth = 0
    for sign in re.findall(r"[\[\]{}]", structure):
        depth += 1 if sign in "[{" else -1
        if depth > DEEPEST:
            raise ImportProblem(f"「{name}」は入れ子が深すぎて読めません。書き出し直してください。")
