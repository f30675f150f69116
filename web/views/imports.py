"""Imports: choose a file, look at what it would do, do it or leave it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from models.importing import ImportBatch
from seed.errors import ImportProblem, ReadersBusyError
from seed.file_names import file_name
from seed.reading.apart import read_apart
from web.context import house, transaction
from web.pages.facility_list import ListAnswer, ListFields, answer_of
from web.pages.import_outcome import outcome_page
from web.pages.imports import batch_line, preview_page
from web.pages.same_or_new import same_or_new_answers
from web.permissions import Permission, may, requires
from web.queries.names import account_names
from web.services import import_applying, import_drafts
from web.services import imports as service
from web.services.errors import ServiceError
from web.services.import_states import DROPPED, WAITING
from web.services.taking_back import may_still_be

views = Blueprint("imports", __name__)

MEGABYTE = 1024 * 1024
SOON = 10
"""Seconds after which a file may be given again where others were being read."""
RECORDS_MOVED = "見ているあいだに台帳が変わったため、まだ取り込んでいません。下の内容をもう一度確かめてください。"
ALREADY_DECIDED = "この取り込みは、先に終わっていました。二重には取り込んでいません。"
ALREADY_APPLIED = "この取り込みは、先に済んでいました。やめることはできないので、中身を確かめてください。"
ANSWERS_MOVED = (
    "書きかえた内容で読み直しました。まだ取り込んでいません。下を確かめて、よければもう一度取り込んでください。"
)


@views.get("/imports")
@requires(Permission.IMPORT)
def imports() -> str:
    return _front_page()


@views.post("/imports")
@requires(Permission.IMPORT)
def receive() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Keep the file and go to its preview; a file that cannot be read is explained beside the field."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _front_page(
            "「ファイル」のらんで選んでから、もう一度押してください。", title="ファイルがまだ選ばれていません"
        ), 400
    name = file_name(sent.filename)
    content = sent.read()
    try:
        reading = read_apart(content, name)
        with transaction(changes=True) as session:
            batch_id = service.receive(
                session,
                reading=reading,
                content=content,
                name=name,
                uploaded_by=current_user.account_id,
                people_allowed=may(Permission.IMPORT_PEOPLE),
                people_allowed_to=f"{current_user.words.coordinator}か{current_user.words.office}",
                at=house().clock.now(),
            )
    except ReadersBusyError as problem:
        return _front_page(str(problem), title="まだ読んでいません"), 503, {"Retry-After": str(SOON)}
    except (ImportProblem, ServiceError) as problem:
        return _front_page(str(problem)), 400
    return redirect(url_for("imports.batch_view", batch_id=batch_id), 303)


def _front_page(problem: str = "", *, title: str = "このファイルは取り込めません") -> str:
    with transaction() as session:
        kept = service.batches(session, people_allowed=may(Permission.IMPORT_PEOPLE))
        names = account_names(session, [batch.uploaded_by for batch in kept])
    lines = [
        (batch.state, batch_line(batch, names, url_for("imports.batch_view", batch_id=batch.id))) for batch in kept
    ]
    return render_template(
        "imports/imports.html",
        problem=problem,
        problem_title=title,
        waiting=[line for state, line in lines if state == WAITING],
        done=[line for state, line in lines if state != WAITING],
        may_import_people=may(Permission.IMPORT_PEOPLE),
        limit_megabytes=house().settings.upload_limit // MEGABYTE,
    )


@views.get("/imports/<uuid:batch_id>")
@requires(Permission.IMPORT)
def batch_view(batch_id: UUID) -> str:
    """The preview while it waits, the outcome afterwards."""
    return _batch_page(batch_id)


def _read_what_is_unread(batch_id: UUID) -> None:
    """Bring the draft up to the answers and to this build. Read outside any transaction: nobody waits for it."""
    with transaction() as session:
        file = import_drafts.unread(service.batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE)))
    if file is None:
        return
    reading = import_drafts.read_again(file)
    with transaction(changes=True) as session:
        batch = service.batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE))
        import_drafts.keep_reading(session, batch, file, reading)


def _batch_page(batch_id: UUID, *, moved: str = "", typed: ListFields | None = None) -> str:
    _read_what_is_unread(batch_id)
    with transaction() as session:
        batch = service.batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE))
        told = batch.outcome or {}
        decided_by = UUID(told["by"]) if told.get("by") else None
        taken_back_by = UUID(told["taken_back_by"]) if told.get("taken_back_by") else None
        names = account_names(session, [batch.uploaded_by, decided_by, taken_back_by])
        may_go_back = may_still_be(session, batch, at=house().clock.now())
        waiting = batch.state == WAITING
        plan = service.plan_of(session, batch, on=house().clock.today()) if waiting else None
    line = batch_line(batch, names, url_for("imports.batch_view", batch_id=batch_id))
    if plan is None:
        back = url_for("taking_back.look", batch_id=batch_id) if may_go_back else None
        outcome = outcome_page(batch, names, take_back_address=back)
        return render_template("imports/outcome.html", batch=line, outcome=outcome, moved=moved)
    return render_template(
        "imports/import.html",
        batch=line,
        page=preview_page(plan, batch.columns or {}, moved=moved, typed=typed, words=current_user.words),
        answer_address=url_for("imports.answer", batch_id=batch_id),
        apply_address=url_for("imports.apply_batch", batch_id=batch_id),
        drop_address=url_for("imports.drop_batch", batch_id=batch_id),
    )


@views.post("/imports/<uuid:batch_id>/answers")
@requires(Permission.IMPORT)
def answer(batch_id: UUID) -> Response | tuple[str, int]:
    """What the file could not say by itself; then the preview again."""
    kept = _keep_answers(batch_id)
    if kept.wrong is not None:
        return _batch_page(batch_id, typed=kept.wrong), 400
    return redirect(url_for("imports.batch_view", batch_id=batch_id), 303)


@dataclass(frozen=True)
class Kept:
    """What became of the answers: whether any was new, and those that could not be used."""

    changed: bool
    wrong: ListFields | None


def _keep_answers(batch_id: UUID) -> Kept:
    """Keep what the form says about headers and about the list. Every button of the page sends it, so nothing typed
    is lost by pressing another one."""
    chosen = {
        name: request.form.get(field.replace("name-", "header-", 1), "")
        for field, name in request.form.items()
        if field.startswith("name-")
    }
    same = same_or_new_answers(request.form)
    said = answer_of(request.form, on=house().clock.today()) if "list_name" in request.form else None
    with transaction(changes=True) as session:
        batch = service.batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE), deciding=True)
        if batch.state != WAITING:
            return Kept(changed=False, wrong=None)
        before = (batch.columns, batch.list_name, batch.list_date)
        if chosen:
            service.choose_columns(session, batch, columns=chosen)
        if same.choices:
            service.choose_same(session, batch, choices=same.choices)
        if isinstance(said, ListAnswer):
            service.name_list(session, batch, name=said.name, day=said.day)
        changed = same.changed or before != (batch.columns, batch.list_name, batch.list_date)
    return Kept(changed, said if isinstance(said, ListFields) else None)


@views.post("/imports/<uuid:batch_id>/apply")
@requires(Permission.IMPORT)
def apply_batch(batch_id: UUID) -> Response | tuple[str, int]:
    """Do what was seen. When the answers or the records have moved since, show the preview anew instead."""
    clock = house().clock
    kept = _keep_answers(batch_id)
    if kept.wrong is not None:
        return _batch_page(batch_id, typed=kept.wrong), 400
    _read_what_is_unread(batch_id)
    try:
        with transaction() as session:
            batch = service.batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE))
            prepared = import_applying.prepare(session, batch) if batch.state == WAITING else None
        with transaction(changes=True) as session:
            batch = service.batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE), deciding=True)
            too_late = batch.state != WAITING
            if prepared is not None and not too_late:
                import_applying.apply_batch(
                    session,
                    batch,
                    prepared,
                    seen=request.form.get("seen", ""),
                    by=current_user.account_id,
                    at=clock.now(),
                    on=clock.today(),
                    other_town=request.form.get("other_town") == "yes",
                )
    except import_applying.OtherTownError as problem:
        return _batch_page(batch_id, moved=str(problem)), 409
    except (import_applying.PlanMovedError, import_drafts.StaleDraftError):
        return _batch_page(batch_id, moved=ANSWERS_MOVED if kept.changed else RECORDS_MOVED), 409
    return (_batch_page(batch_id, moved=ALREADY_DECIDED), 409) if too_late else _back_to(batch)


@views.post("/imports/<uuid:batch_id>/drop")
@requires(Permission.IMPORT)
def drop_batch(batch_id: UUID) -> Response | tuple[str, int]:
    with transaction(changes=True) as session:
        batch = service.batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE), deciding=True)
        too_late = batch.state not in (WAITING, DROPPED)
        service.drop_batch(session, batch, by=current_user.account_id, at=house().clock.now())
    return (_batch_page(batch_id, moved=ALREADY_APPLIED), 409) if too_late else _back_to(batch)


def _back_to(batch: ImportBatch) -> Response:
    return redirect(url_for("imports.batch_view", batch_id=batch.id), 303)
