"""The house put together: one function that is given the world and returns the app."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Flask, request, url_for
from sqlalchemy import Engine
from werkzeug.local import LocalProxy

from web import assets, errors, security, signed_in
from web.clock import Clock
from web.context import House
from web.permissions import Permission, may
from web.settings import Settings
from web.views import account, imports, landing, people, places, proposals, taking_back

# htmx 2 swaps no refusals by itself; ours go to the notices, where they are read out. Nothing is kept in the
# browser's storage: office PCs are shared.
HTMX_CONFIG = {
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "defaultSettleDelay": 0,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "[45]..", "swap": True, "error": True, "target": "#notices", "swapOverride": "innerHTML"},
    ],
}


@dataclass(frozen=True)
class NavigationPlace:
    """One entry of the navigation."""

    label: str
    address: str
    here: bool


NAVIGATION = (
    ("人", "people.people", Permission.SEE_PEOPLE, ("people.", "proposals.")),
    ("場", "places.places", Permission.SEE_PLACES, ("places.",)),
    ("取り込み", "imports.imports", Permission.IMPORT, ("imports.", "taking_back.")),
)


def navigation() -> list[NavigationPlace]:
    """Only what exists and what whoever is signed in may open."""
    here = request.endpoint or ""
    return [
        NavigationPlace(label, url_for(endpoint), here.startswith(prefixes))
        for label, endpoint, permission, prefixes in NAVIGATION
        if may(permission)
    ]


def create_app(settings: Settings, *, engine: Engine, clock: Clock) -> Flask:
    """The WSGI app. It reads no environment and no clock of its own."""
    app = Flask("web", static_folder=None)
    app.extensions["engawa"] = House(settings, engine, clock)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(navigation=navigation, may=may, Permission=Permission)
    app.jinja_env.globals["htmx_config"] = json.dumps(HTMX_CONFIG)
    app.jinja_env.globals["our"] = LocalProxy(signed_in.words_here)
    assets.serve_static_files(app)
    security.protect(app, settings)  # outside everything else: files are not given under foreign names either
    signed_in.remember_people(app)
    errors.explain_errors(app)
    for part in (account, landing, people, proposals, places, imports, taking_back):
        app.register_blueprint(part.views)
    return app
