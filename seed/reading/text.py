"""Bytes to text: the encodings that Japanese offices really use, tried in a fixed order."""

from __future__ import annotations

import codecs

from seed.errors import ImportProblem

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes. A catalogue of ten thousand places is a tenth of it."""

NOT_TEXT = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"\xd0\xcf\x11\xe0", "古い形式の Excel（.xls）"),
)


FEW = 100
"""One sign in so many may be none at all before a text is taken for something else."""


def check_size(content: bytes, name: str) -> None:
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ImportProblem(f"「{name}」は空のファイルです。中身のあるファイルを選び直してください。")
    if len(content) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1024 // 1024
        raise ImportProblem(f"「{name}」は大きすぎます（{megabytes}MBまで）。いくつかに分けて取り込んでください。")
    for start, kind in NOT_TEXT:
        if content.startswith(start):
            raise ImportProblem(f"「{name}」は{kind}のファイルで、読めません。CSV か .xlsx で保存し直してください。")


def decode(content: bytes, name: str) -> str:
    """Text of a file in UTF-8 (with or without BOM), UTF-16 (BOM), CP932 or EUC-JP. Raises ImportProblem."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp932", "euc_jp"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # One here and there is a fault of its cell (seed.bounds); half of all signs are another way of writing.
        if text.count("\x00") * FEW <= len(text):
            return text
    raise ImportProblem(f"「{name}」の文字が読めません。UTF-8 の CSV か .xlsx で保存し直してください。")
