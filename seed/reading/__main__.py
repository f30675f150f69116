"""The other side of `seed.reading.apart`: reads one file within limits and answers with a packed draft, or one sentence.

It knows neither the web nor the database. Whatever goes wrong in it is told by kind and place, never by content.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from datetime import date
from typing import Any

from seed.errors import ImportProblem
from seed.packed_draft import pack
from seed.reading import read

OUT_OF_MEMORY, BROKEN = 3, 4


def limit(megabytes: int, seconds: int) -> None:
    """From here on no more than this, also when whoever asked is gone."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(2 * seconds)


def _answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        draft = read(
            content,
            asked["name"],
            columns=asked["columns"],
            list_name=asked["list_name"],
            list_date=date.fromisoformat(asked["list_date"]) if asked["list_date"] else None,
        )
        packed = pack(draft)
    except ImportProblem as problem:
        return {"problem": str(problem)}, b""
    told = {
        "kind": draft.kind,
        "open_data": draft.open_data,
        "list_name": draft.list_name,
        "list_date": draft.list_date and draft.list_date.isoformat(),
    }
    return told, packed


def main() -> int:
    """Limits by argument; on standard input a line of JSON and the file, on standard output the same."""
    limit(int(sys.argv[1]), int(sys.argv[2]))
    try:
        asked = json.loads(sys.stdin.buffer.readline())
        told, packed = _answer(asked, sys.stdin.buffer.read())
        head = json.dumps(told).encode()
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException as problem:
        place = traceback.extract_tb(problem.__traceback__)[-1]
        sys.stderr.write(f"{type(problem).__name__} {place.filename.rsplit('/', 1)[-1]}:{place.lineno}")
        return BROKEN
    sys.stdout.buffer.write(head + b"\n" + packed)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    status = main()
    sys.stderr.flush()
    # What was built need not be taken down piece by piece.
    os._exit(status)
