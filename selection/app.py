"""The application, put together: this file reads like a table of contents."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings
from selection import (
    accounts,
    api,
    authorisation,
    calendars,
    centres,
    commands,
    delivery,
    equality,
    groups,
    home,
    insights,
    notices,
    people,
    programmes,
    standards,
    supervision,
    trail,
    training,
)
from selection.core import db
from selection.web import addresses, errors, filters, gate, health, security, shell, widgets


def create_app(settings: Settings) -> Flask:
    """Make the application that the settings describe."""
    app = Flask(__name__, static_folder="static")
    app.config.from_mapping(settings.as_flask())
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    _templates(app)
    CSRFProtect(app)
    for part in (db, gate, filters, addresses, widgets, shell, security, errors, health):
        part.init_app(app)
    slices = (home, accounts, people, programmes, standards, centres, training, groups, supervision, delivery)
    for part_ in (*slices, equality, calendars, insights, api, authorisation, notices, trail):
        app.register_blueprint(part_.bp)
    app.register_blueprint(home.SETTINGS)
    commands.init_app(app)
    return app


def _templates(app: Flask) -> None:
    """Let templates find the design system's parts, and its form fields."""
    own = FileSystemLoader(ROOT / "templates")
    parts = PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")})
    app.jinja_loader = ChoiceLoader([own, parts])
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    WTFormsHelpers(app)
