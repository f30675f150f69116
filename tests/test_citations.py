"""What the code cites lies in `docs/`: every section, rule and scene that a docstring or comment names is found there."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BOOKS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
FOLDERS = ("matching", "models", "seed", "web", "tests")
BOOK = re.compile(rf"\b({'|'.join(sorted(BOOKS))})\b", re.IGNORECASE)
SECTION = re.compile(r"§(\d+(?:\.\d+)?[a-z]?)(?:-(\d+))?")
CODE = re.compile(r"\b(?:[HS]\d{1,2}|F\d{1,2}|[TK]-\d{2})\b")
SCENE = re.compile(r"\bscene (\d{1,2})\b", re.IGNORECASE)


def asides(module: Path) -> Iterator[str]:
    """The lines of every comment and docstring."""
    with module.open("rb") as source:
        before = tokenize.NEWLINE
        for token in tokenize.tokenize(source.readline):
            stands_alone = before in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)
            if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and stands_alone):
                yield from token.string.splitlines()
            if token.type not in (tokenize.COMMENT, tokenize.NL):
                before = token.type


def cited(line: str) -> Iterator[tuple[str, str]]:
    """(book, what of it) in one line. A rule or a section without a book is the domain's."""
    book, start = "domain", 0
    for found in (*BOOK.finditer(line), None):
        part = line[start : found.start() if found else len(line)]
        if "§" in line or book != "domain" or re.search(r"domain|scene", line, re.IGNORECASE):
            yield from ((book, one[0]) for one in SECTION.finditer(part))
            if book == "domain":
                yield from ((book, one[0]) for one in CODE.finditer(part))
                yield from ((book, f"Scene {one[1]}") for one in SCENE.finditer(part))
        if found:
            book, start = found[1].lower(), found.end()


def is_there(book: str, what: str) -> bool:
    text = BOOKS[book]
    if what.startswith("Scene"):
        return f"- {what}:" in text
    section = SECTION.fullmatch(what)
    if section is None:
        return re.search(rf"\b{re.escape(what)}\b", text) is not None
    stands = re.search(rf"^## §{re.escape(section[1])} .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return bool(stands) and (section[2] is None or f"\n{section[2]}. " in stands[0])  # type: ignore[index]


@pytest.mark.parametrize("folder", FOLDERS)
def test_whatever_is_cited_is_there(folder: str) -> None:
    missing = {
        (str(module.relative_to(ROOT)), book, what)
        for module in sorted((ROOT / folder).rglob("*.py"))
        for line in asides(module)
        for book, what in cited(line)
        if not is_there(book, what)
    }
    assert not missing


def test_a_citation_is_seen_and_a_section_that_is_not_there_is_missed() -> None:
    assert list(cited("there is one (domain H9, §4.5-9; libraries §9), scene 7")) == [
        ("domain", "§4.5-9"),
        ("domain", "H9"),
        ("libraries", "§9"),
    ]
    assert list(cited("Domain §3.6, H16, scene 1 of §7.1, K-09.")) == [
        *(("domain", one) for one in ("§3.6", "§7.1", "H16", "K-09", "Scene 1")),
    ]
    assert is_there("domain", "§4.5-9")
    assert not is_there("domain", "§4.5-15")
    assert not is_there("domain", "§4.7")
    assert not is_there("domain", "H19")
    assert not is_there("domain", "Scene 4")
