"""Headers, cookies and cross-site protection: decided once for every answer."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from web.forwarded import ForwardedHeaders, OnlyOurHosts
from web.settings import Settings

# No unsafe-inline anywhere: the pages carry no inline script and no style attribute.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect(app: Flask, settings: Settings) -> None:
    """Cookies for this site only, a CSRF token on every change, the same headers on every answer."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.old_secret_keys),
        # Oldest first, the last one signs (itsdangerous): a form opened before the secret changed can still be sent.
        WTF_CSRF_SECRET_KEY=[*reversed(settings.old_secret_keys), settings.secret_key],
        SESSION_COOKIE_NAME="__Host-engawa" if settings.https else "engawa",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=settings.longest_sitting,
        MAX_CONTENT_LENGTH=settings.upload_limit,
        # A page left open over lunch must still send; the session itself ends by our own clock.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.https,
    )
    CSRFProtect(app)
    if settings.hosts:
        app.wsgi_app = OnlyOurHosts(  # type: ignore[method-assign]
            app.wsgi_app, hosts=settings.hosts, headers=lambda: _headers(settings)
        )
    app.wsgi_app = ForwardedHeaders(app.wsgi_app, proxies=settings.trusted_proxies)  # type: ignore[method-assign]

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _headers(settings).items():
            response.headers.setdefault(name, value)
        # Every page may hold personal data, and office PCs are shared: nothing stays behind, the back button included.
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("HX-Request")
        return response


def _headers(settings: Settings) -> dict[str, str]:
    return HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if settings.https else {})


def caller_address() -> str:
    """Where the request comes from, after the proxies we trust; '' when unknown."""
    return request.remote_addr or ""
