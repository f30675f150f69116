"""Which headers of a proxy count, and under which names the house answers: decided before anything else looks."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from web.plain_pages import OTHER_NAME, plain_page

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger("engawa")

# Nobody in front of us has a reason to send these; some libraries would believe them.
NEVER = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_FORWARDED_PROTOCOL",
    "HTTP_X_FORWARDED_SCHEME",
    "HTTP_X_REAL_IP",
    "HTTP_X_SCRIPT_NAME",
    "HTTP_SCRIPT_NAME",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REWRITE_URL",
    "HTTP_X_HTTP_METHOD_OVERRIDE",
    "HTTP_PROXY",
)
FROM_OUR_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
# The watch beside the process asks by number, not by name; the answer says nothing about anybody and links nowhere.
ANSWERED_UNDER_ANY_NAME = "/health"


class ForwardedHeaders:
    """Drops what must not come through, then lets exactly `proxies` hops say where a request comes from."""

    def __init__(self, app: WSGIApplication, *, proxies: int) -> None:
        self._app = ProxyFix(app, x_for=proxies, x_proto=proxies, x_host=proxies) if proxies else app
        self._dropped = NEVER if proxies else (*NEVER, *FROM_OUR_PROXY)
        self._proxies = proxies
        self._told = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        for name in self._dropped:
            environ.pop(name, None)
        if self._proxies and not self._told and _hops(environ) < self._proxies:
            self._told = environ.get("PATH_INFO") != ANSWERED_UNDER_ANY_NAME
            if self._told:
                log.warning(
                    "X-Forwarded-For names fewer than the %d proxies of ENGAWA_TRUSTED_PROXIES: everybody seems to come "
                    "from one address; let the proxy add it, or correct the number",
                    self._proxies,
                )
        return self._app(environ, start_response)


def _hops(environ: WSGIEnvironment) -> int:
    return len([hop for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()])


def _bare(name: str) -> str:
    """The name without its port; '' when it is none. Werkzeug's own list would never match an IPv6 address."""
    if not host_is_trusted(name):
        return ""
    return re.sub(r":\d+$", "", name.lower()).rstrip(".")


class OnlyOurHosts:
    """Answers under the listed names alone, so that nobody makes the house believe it is called otherwise."""

    def __init__(self, app: WSGIApplication, *, hosts: tuple[str, ...], headers: Callable[[], dict[str, str]]) -> None:
        self._app, self._hosts, self._headers = app, hosts, headers
        self._told: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = environ.get("HTTP_HOST", "")
        if environ.get("PATH_INFO") == ANSWERED_UNDER_ANY_NAME or _bare(name) in self._hosts:
            return self._app(environ, start_response)
        if len(self._told) < 10 and name not in self._told:
            self._told.add(name)
            log.warning(
                "refused the host name %r: ENGAWA_HOSTS does not list it; a proxy has to pass the Host it was asked for",
                name[:100],
            )
        page = plain_page(OTHER_NAME)
        own = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(page)),
            "Cache-Control": "no-store",
        }
        start_response("400 Bad Request", [*(self._headers() | own).items()])
        return [page]
