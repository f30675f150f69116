"""Where one arrives, and where one is told that there is no page yet."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models.database import answers
from web.context import house
from web.permissions import Permission, may, requires

views = Blueprint("landing", __name__)


@views.get("/")
@requires(Permission.SIGNED_IN)
def entrance() -> Response:
    """To the first page the role has; everybody else reads whom to ask."""
    if may(Permission.SEE_PEOPLE):
        return redirect(url_for("people.people"), 303)
    if may(Permission.SEE_PLACES):
        return redirect(url_for("places.places"), 303)
    return redirect(url_for("landing.no_page_yet"), 303)


@views.get("/welcome")
@requires(Permission.SIGNED_IN)
def no_page_yet() -> str:
    return render_template("account/no_page_yet.html")


@views.get("/health")
@requires(Permission.ANYBODY)
def health() -> Response:
    """For the process that watches over this one: whether the database answers. Says nothing about anybody."""
    well = answers(house().engine)
    return Response("ok\n" if well else "database does not answer\n", 200 if well else 503, mimetype="text/plain")
