"""The application: one Flask app of one instance."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, jsonify
from flask import request as flask_request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from assess.settings import Settings
from assess.store.session import Database
from assess.web import (
    access,
    api,
    attributes,
    errors,
    expired_forms,
    filters,
    frame,
    guarding,
    hosts,
    pages,
    request,
    static_files,
    translations,
    years,
)
from assess.web.request import Service, database, settings
from assess.web.sign_in import login_manager
from assess.web.views import BLUEPRINTS, checks

TOP = Path(__file__).parents[2]
MAX_BYTES = 64 * 1024 * 1024
"""What one request may bring: a few photos of a phone; each file has its own limit."""
MAX_FIELDS = 5_000
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

KEPT_BY_BROWSERS = frozenset({"static", "finding_photos.thumbnail", "finding_photos.picture"})
"""What a browser may keep: what is the same for everybody, and photos, for which it asks again each time."""


def create_app(settings: Settings) -> Flask:
    """The service of one instance; nothing is read or written before the first request but the cookie key."""
    app = Service("assess", template_folder=str(TOP / "templates"), static_folder=str(TOP / "static"))
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        SESSION_COOKIE_NAME="assess",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MAX_BYTES,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        MAX_FORM_PARTS=MAX_FIELDS,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=1),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["settings"] = settings
    app.extensions["database"] = Database(settings.database_url)
    hosts.attach(app)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    put_together(app)
    return app


def put_together(app: Flask) -> None:
    """Every part in the order in which requests meet them."""
    translations.attach(app)
    filters.attach(app)
    attributes.attach(app)
    errors.attach(app)
    expired_forms.attach(app)
    request.attach(app)
    years.attach(app)
    protection = CSRFProtect(app)
    for open_to_anybody in (api.bp, checks.show):
        protection.exempt(open_to_anybody)
    guarding.attach(app)
    access.attach(app, login_manager())
    frame.attach(app)
    api.attach(app)
    static_files.attach(app)
    app.after_request(protect)
    app.add_url_rule("/healthz", view_func=healthz)
    for blueprint in (*BLUEPRINTS, api.bp):
        app.register_blueprint(blueprint)
    pages.register(app)


def protect(response: Response) -> Response:
    """The headers that every answer bears; no page may be kept by a browser or a proxy."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings().secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={365 * 24 * 3600}")
    if flask_request.endpoint not in KEPT_BY_BROWSERS or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response


@pages.Page(pages.Audience.ANYONE)
def healthz() -> ResponseReturnValue:
    """Whether the service, its database and its folder answer."""
    if not database().answers():
        return jsonify(status="no database"), 503
    if not settings().uploads.is_dir():
        return jsonify(status="no instance folder"), 503
    return jsonify(status="ok")
