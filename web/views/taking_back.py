"""Taking an import back: first what would happen, then the button that does it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from web.context import house, transaction
from web.pages.imports import batch_line
from web.permissions import Permission, may, requires
from web.queries.names import account_names
from web.services import taking_back as service
from web.services.imports import batch_of

views = Blueprint("taking_back", __name__)


@views.get("/imports/<uuid:batch_id>/take-back")
@requires(Permission.IMPORT)
def look(batch_id: UUID) -> str:
    """What would happen, or why it cannot."""
    return _page(batch_id)


def _page(batch_id: UUID, problem: str = "") -> str:
    with transaction() as session:
        batch = batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE))
        names = account_names(session, [batch.uploaded_by])
        prospect = service.prospect(session, batch, at=house().clock.now())
    back = url_for("imports.batch_view", batch_id=batch_id)
    return render_template(
        "imports/take_back.html",
        batch=batch_line(batch, names, back),
        prospect=prospect,
        in_the_way=problem or prospect.in_the_way,
        address=url_for("taking_back.take_back", batch_id=batch_id),
        back=back,
    )


@views.post("/imports/<uuid:batch_id>/take-back")
@requires(Permission.IMPORT)
def take_back(batch_id: UUID) -> Response | tuple[str, int]:
    try:
        with transaction(changes=True) as session:
            batch = batch_of(session, batch_id, people_allowed=may(Permission.IMPORT_PEOPLE), deciding=True)
            service.take_back(session, batch, by=current_user.account_id, at=house().clock.now())
    except service.CannotTakeBackError as problem:
        return _page(batch_id, str(problem)), 409
    return redirect(url_for("imports.batch_view", batch_id=batch_id), 303)
