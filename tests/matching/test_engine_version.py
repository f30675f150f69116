"""A kept round says by which rules it was asked: whoever changes what the engine answers raises its version."""

from __future__ import annotations

import hashlib
import io
import json
import tokenize
from pathlib import Path

from matching.engine import ENGINE_VERSION

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "matching"
KNOWN = HERE / "engine_versions.json"
SAY = (
    "The engine reads otherwise than version {version} did. Where any answer may differ, raise ENGINE_VERSION in"
    " matching/engine.py; where none can (a move, a name), keep it. Then write to tests/matching/engine_versions.json:"
    ' "{version or the new one}": "{digest}"'
)


def _said(module: Path) -> str:
    """What a module does, without what it imports and what it says about itself: moving it changes nothing.

    By tokens, not by the syntax tree: that one has other fields in every version of Python.
    """
    lines, line = [], []
    for token in tokenize.generate_tokens(io.StringIO(module.read_text(encoding="utf-8")).readline):
        if token.type in (tokenize.COMMENT, tokenize.NL):
            continue
        if token.type in (tokenize.INDENT, tokenize.DEDENT):
            lines.append("<>"[token.type == tokenize.INDENT])
        elif token.type == tokenize.NEWLINE:
            words = len(line) == 1 and line[0].endswith(('"', "'"))
            if not words and line[0] not in ("import", "from"):
                lines.append("".join(line))
            line = []
        else:
            line.append(token.string)
    return "\n".join(lines)


def digest(*, of: Path = RULES) -> str:
    """Twelve hex digits over every module of the engine, in whatever rooms they stand."""
    said = sorted(filter(None, map(_said, of.rglob("*.py"))))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def test_the_version_of_the_engine_follows_from_its_rules_and_weights() -> None:
    known: dict[str, str] = json.loads(KNOWN.read_text(encoding="utf-8"))
    now = digest()
    assert known.get(ENGINE_VERSION) == now, SAY.replace("{version}", ENGINE_VERSION).replace("{digest}", now)


def test_a_weight_a_rule_and_a_word_count_and_where_they_stand_does_not(tmp_path: Path) -> None:
    room = tmp_path / "rules"
    room.mkdir()
    rule = '"""A rule."""\nfrom a import b\n\nWEIGHT = 5\n\n\ndef says():\n    """Aloud."""\n    return "遠い"\n'
    (room / "near.py").write_text(rule)
    before = digest(of=tmp_path)
    for same in (rule.replace("A rule.", "Another word of it."), rule.replace("from a import b", "from c.a import b")):
        (room / "near.py").write_text(same)
        assert digest(of=tmp_path) == before
    (room / "near.py").rename(tmp_path / "elsewhere.py")
    (room / "__init__.py").write_text('"""A room."""\n')
    assert digest(of=tmp_path) == before
    for other in (rule.replace("5", "6"), rule.replace("遠い", "近い")):
        (tmp_path / "elsewhere.py").write_text(other)
        assert digest(of=tmp_path) != before
