"""Bringing files in: choose, look, then apply."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.importing import ImportBatch
from web.context import house, transaction
from web.pages.imports import KINDS, STATES, Count, preview_page
from web.permissions import Permission, may, requires
from web.services import imports as service
from web.services.accounts import names_of
from web.services.errors import ServiceError
from web.wording import moment

views = Blueprint("imports", __name__)
MEGABYTE = 1024 * 1024


def _people_too() -> bool:
    return may(Permission.IMPORT_PEOPLE)


def _told(batch: ImportBatch, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "name": batch.file_name,
        "kind": KINDS[batch.kind],
        "when": moment(batch.uploaded_at),
        "who": names.get(batch.uploaded_by, "職員") if batch.uploaded_by else "職員",
        "state": STATES[batch.state],
        "address": url_for("imports.import_", batch_id=batch.id),
    }


def _list(problem: str | None = None) -> str:
    with transaction() as session:
        rows, names = service.batches(session, people_too=_people_too()), names_of(session)
    return render_template(
        "imports/imports.html",
        problem=problem,
        may_import_people=_people_too(),
        limit_megabytes=house().settings.upload_limit // MEGABYTE,
        waiting=[_told(row, names) for row in rows if row.state == service.WAITING],
        done=[_told(row, names) for row in rows if row.state != service.WAITING],
    )


@views.get("/imports")
@requires(Permission.IMPORT)
def imports() -> str:
    return _list()


@views.post("/imports")
@requires(Permission.IMPORT)
def receive() -> Response | tuple[str, int]:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _list("ファイルが選ばれていません。取り込むファイルを選んでください。"), 422
    try:
        with transaction() as session:
            batch = service.receive(
                session,
                name=upload.filename,
                content=upload.read(),
                by=current_user.id,
                at=house().clock.now(),
                people_too=_people_too(),
            )
    except ServiceError as problem:
        return _list(str(problem)), 422
    return redirect(url_for("imports.import_", batch_id=batch.id), 303)


@views.get("/imports/<uuid:batch_id>")
@requires(Permission.IMPORT)
def import_(batch_id: UUID) -> str:
    with transaction() as session:
        batch, names = service.batch_of(session, batch_id, people_too=_people_too()), names_of(session)
        if batch.state != service.WAITING:
            return render_template("imports/outcome.html", batch=_told(batch, names), outcome=_outcome(batch, names))
        plan = service.plan_of(session, batch, on=house().clock.today())
    page = preview_page(
        plan, chosen=batch.columns or {}, fingerprint=service.fingerprint(plan), moved=request.args.get("moved") == "1"
    )
    return render_template(
        "imports/import.html",
        batch=_told(batch, names),
        page=page,
        columns_address=url_for("imports.choose_columns", batch_id=batch_id),
        apply_address=url_for("imports.apply", batch_id=batch_id),
        discard_address=url_for("imports.drop", batch_id=batch_id),
    )


def _outcome(batch: ImportBatch, names: dict[UUID, str]) -> dict[str, Any]:
    told = batch.outcome or {}
    counts = [
        Count(label, f"{told[name]}件")
        for label, name in (
            ("新しく入った", "new"),
            ("変わった", "changed"),
            ("そのまま", "unchanged"),
            ("住所から場所がわかった", "located"),
        )
        if told.get(name)
    ]
    lost = told.get("not_located") or ()
    if lost:
        counts.append(Count("場所がわからなかった", "、".join(lost[:10])))
    at = datetime.fromisoformat(told["at"]) if "at" in told else batch.uploaded_at
    return {
        "title": "取り込みました" if batch.state == service.APPLIED else "取り込まずにやめました",
        "when": moment(at),
        "who": names.get(batch.uploaded_by, "職員") if batch.uploaded_by else "職員",
        "counts": counts,
        "problems": told.get("problems", ()),
    }


@views.post("/imports/<uuid:batch_id>/columns")
@requires(Permission.IMPORT)
def choose_columns(batch_id: UUID) -> Response:
    chosen = {
        header: request.form.get(f"header-{name.removeprefix('name-')}", "")
        for name, header in request.form.items()
        if name.startswith("name-")
    }
    with transaction() as session:
        batch = service.batch_of(session, batch_id, people_too=_people_too())
        batch.columns = chosen
    return redirect(url_for("imports.import_", batch_id=batch_id), 303)


@views.post("/imports/<uuid:batch_id>/apply")
@requires(Permission.IMPORT)
def apply(batch_id: UUID) -> Response:
    clock = house().clock
    with transaction() as session:
        batch = service.batch_of(session, batch_id, people_too=_people_too())
        done = service.apply_batch(session, batch, seen=request.form.get("seen", ""), at=clock.now(), on=clock.today())
    return redirect(url_for("imports.import_", batch_id=batch_id, moved=None if done else 1), 303)


@views.post("/imports/<uuid:batch_id>/discard")
@requires(Permission.IMPORT)
def drop(batch_id: UUID) -> Response:
    with transaction() as session:
        service.drop_batch(session, service.batch_of(session, batch_id, people_too=_people_too()))
    return redirect(url_for("imports.imports"), 303)
