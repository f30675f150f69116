"""What an import is and where it stands (取り込みの状態)."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from models.importing import ImportBatch

WAITING, APPLIED, DROPPED, TAKEN_BACK = "waiting", "applied", "dropped", "taken_back"
CATALOGUE, PARTICIPANTS = "catalogue", "participants"


def close(session: Session, batch: ImportBatch, state: str, outcome: dict[str, Any]) -> None:
    """It is decided: the file and what was read of it are forgotten, what became of it stays."""
    batch.state, batch.outcome = state, outcome
    batch.content = batch.draft = batch.draft_of = None
    session.add(batch)
    session.flush()
