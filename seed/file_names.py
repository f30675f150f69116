"""What a file from outside is called here: its own name without folders, short, of signs that can be kept and shown."""

from __future__ import annotations

from seed.bounds import without_odd_signs

LONGEST_FILE_NAME = 200
LONGEST_ENDING = 10
NAMELESS = "名前のないファイル"


def file_name(sent: str) -> str:
    """The last part of a path of any system; a name that is too long keeps its beginning and its ending."""
    last = sent.replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = " ".join(without_odd_signs(last).split())
    if name.strip(". ") == "":
        return NAMELESS
    if len(name) <= LONGEST_FILE_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > LONGEST_ENDING:
        return f"{name[: LONGEST_FILE_NAME - 1]}…"
    return f"{stem[: LONGEST_FILE_NAME - len(ending) - 2]}…{dot}{ending}"
