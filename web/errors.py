"""The only place that turns exceptions into answers. Each says what happened and what one can do."""

from __future__ import annotations

import logging
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Flask, Response, flash, g, make_response, redirect, render_template, request, url_for
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, default_exceptions
from werkzeug.wrappers import Response as PlainResponse

from matching.question.errors import MatchingError
from models.errors import RecordError
from models.failures import Failure, SomebodyWritingError, failure_of
from seed.errors import ImportProblem
from web.draining import drain
from web.explanations import ADDRESS_DIFFERS, EXPLANATIONS, FAILURES, NOT_OVER_HTTPS, STALE_FORM, Explanation
from web.services.errors import NotFoundError, ServiceError, TooManyTriesError
from web.signed_in import words_here

log = logging.getLogger("engawa")
MEGABYTE = 1024 * 1024
# What Flask-WTF says when the sender's page has another name than the one we were asked under.
NAMES_DIFFER = "The referrer does not match the host."


class SignInNeededError(Exception):
    """The page needs an account and nobody is signed in."""


def answer(status: int, explanation: Explanation) -> Response:
    """A whole page, or for htmx the part that goes into the page's notice."""
    _look_for_nobody()
    template = "errors/_error.html" if request.headers.get("HX-Request") else "errors/error.html"
    words = words_here()
    to_do = explanation.to_do.replace("{lead}", words.lead).replace("{office}", words.office)
    return make_response(render_template(template, explanation=replace(explanation, to_do=to_do)), status)


def _look_for_nobody() -> None:
    """An explanation is for whoever is there: templates would look up the account, in a database that may be away."""
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()


def explain_errors(app: Flask) -> None:
    """Register every answer; nothing else in the house chooses a status for a failure."""

    @app.errorhandler(SignInNeededError)
    def sign_in_first(_: SignInNeededError) -> PlainResponse:
        if request.headers.get("HX-Request"):
            # htmx would put the sign-in page into a corner of this one; ask it to go there instead.
            response = make_response("", 204)
            page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
            response.headers["HX-Redirect"] = url_for("account.sign_in", next=page)
            return response
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        if target and target != "/":
            flash("続けるには、サインインしてください。")
        return redirect(url_for("account.sign_in", next=target), 303)

    @app.errorhandler(CSRFError)
    def stale_form(problem: CSRFError) -> Response:
        if app.config["SESSION_COOKIE_SECURE"] and not request.is_secure:
            log.warning(
                "a form came over http, where the cookie cannot come with it: open the service over https; "
                "a proxy has to pass X-Forwarded-Proto, and ENGAWA_TRUSTED_PROXIES to count it"
            )
            return answer(400, NOT_OVER_HTTPS)
        if problem.description == NAMES_DIFFER:
            log.warning(
                "a form was sent from a page under another name than the one asked for: "
                "the proxy has to pass the Host it was asked for (nginx: proxy_set_header Host $host)"
            )
            return answer(400, ADDRESS_DIFFERS)
        return answer(400, STALE_FORM)

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        drain(request.environ, limit=app.config["MAX_CONTENT_LENGTH"])
        limit = app.config["MAX_CONTENT_LENGTH"] // MEGABYTE
        usual = EXPLANATIONS[413]
        return answer(413, Explanation(usual.title, f"一度に受け取れるのは {limit} MB までです。", usual.to_do))

    @app.errorhandler(NotFoundError)
    def not_found(_: NotFoundError) -> Response:
        return answer(404, EXPLANATIONS[404])

    @app.errorhandler(TooManyTriesError)
    def wait(problem: TooManyTriesError) -> Response:
        usual = EXPLANATIONS[429]
        response = answer(429, Explanation(usual.title, usual.what, str(problem)))
        response.headers["Retry-After"] = str(problem.seconds)
        return response

    @app.errorhandler(SomebodyWritingError)
    @app.errorhandler(SQLAlchemyError)
    @app.errorhandler(OSError)
    def failing(problem: Exception) -> Response:
        failure = failure_of(problem)
        if failure is None:
            return broken(problem)
        status, explanation, seconds = FAILURES[failure]
        if failure is not Failure.CLASH:
            log.error("database %s in %s", failure.value, request.endpoint)
        response = answer(status, explanation)
        if seconds is not None:
            response.headers["Retry-After"] = str(seconds)
        return response

    @app.errorhandler(ServiceError)
    @app.errorhandler(ImportProblem)
    @app.errorhandler(RecordError)
    @app.errorhandler(MatchingError)
    def refused(problem: Exception) -> Response:
        usual = EXPLANATIONS[400]
        return answer(400, Explanation("このままでは進めません", str(problem), usual.to_do))

    @app.errorhandler(HTTPException)
    def http(problem: HTTPException) -> PlainResponse:
        status = problem.code or 500
        if status < 400 or status not in default_exceptions:
            return PlainResponse.force_type(problem.get_response(), request.environ)
        fallback = EXPLANATIONS[500] if status >= 500 else EXPLANATIONS[400]
        response = answer(status, EXPLANATIONS.get(status, fallback))
        if status == 405 and (allow := dict(problem.get_headers()).get("Allow")):
            response.headers["Allow"] = allow
        return response

    @app.errorhandler(Exception)
    def broken(problem: Exception) -> Response:
        # The address may hold an id and the message a name: log the kind and the place, never the content.
        log.error("unexpected %s in %s", type(problem).__name__, request.endpoint, exc_info=_without_content(problem))
        return answer(500, EXPLANATIONS[500])


def _without_content(problem: Exception) -> BaseException | None:
    """The traceback without the exception's own words, which may quote a row."""
    hidden: BaseException = type("Hidden", (Exception,), {})()
    return hidden.with_traceback(problem.__traceback__)
