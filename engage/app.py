"""Make the application: a table of contents."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engage import models
from engage.audit.seen import watch
from engage.cli import register_commands
from engage.config import ROOT, Settings, read_settings
from engage.demo import mail_views
from engage.demo.acts import Acts, lend
from engage.demo.logins import code_now
from engage.downloads.service import ask_in_full
from engage.extensions import bind_database, csrf, limiter, login
from engage.handover.by_wish import hand_to_police
from engage.network import DayKeys, redis_patience
from engage.pages import BLUEPRINTS
from engage.sessions.login import attach
from engage.surveys.addresses import number_pages
from engage.surveys.stale import say_what_is_left
from engage.web.access import guard
from engage.web.addresses import teach_addresses
from engage.web.catalogues import prepare_catalogues
from engage.web.cookies import set_cookie_rules
from engage.web.counting import prepare_counting
from engage.web.demonstration import keep_here, show_codes
from engage.web.encoding import refuse_unreadable
from engage.web.errors import handle_errors
from engage.web.headers import protect
from engage.web.help import prepare_help
from engage.web.in_memory import InMemoryRequest
from engage.web.language import prepare_languages
from engage.web.limits import Counts, limit_posts
from engage.web.marks import prepare_marks
from engage.web.staff_pages import prepare_staff_pages
from engage.web.static_files import serve_compressed
from engage.web.templating import prepare_templates

LARGEST_FORM = 2 * 1024 * 1024
"""Bytes of a form: far more than a page can ask for, far less than hurts."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application, bound to its settings (this process's environment by default)."""
    settings = settings or read_settings()
    app = Flask(
        "engage",
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(settings.instance_dir),
    )
    app.request_class = InMemoryRequest
    configure(app, settings)
    bind_database(app)
    if settings.demo:
        keep_here(app)
        show_codes(app, code_now)
        lend(app, Acts(ask_in_full, hand_to_police))
    refuse_unreadable(app)
    csrf.init_app(app)
    login.init_app(app, add_context_processor=False)  # a public page has no user to load
    attach(login)
    limiter.init_app(app)
    prepare_templates(app, settings)
    prepare_languages(app)
    prepare_help(app)
    prepare_catalogues(app)
    prepare_marks(app)
    prepare_counting(app)
    teach_addresses(app)
    prepare_staff_pages(app)
    register_slices(app)
    if settings.demo:
        app.register_blueprint(mail_views.blueprint)
    number_pages(app)
    serve_compressed(app)
    guard(app)
    watch(app)
    limit_posts(app)
    protect(app, https=settings.https)
    handle_errors(app)
    say_what_is_left(app)
    register_commands(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Hand the settings to Flask and its extensions."""
    set_cookie_rules(app, settings)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MIGRATIONS_DIR=ROOT / "migrations",
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        # The library would ask for a Referer over HTTPS, which our own policy tells browsers not
        # to send. The token is bound to the session, and its cookie to this site.
        WTF_CSRF_SSL_STRICT=False,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": not settings.sqlite},
        TRUSTED_HOSTS=trusted_hosts(settings),
        # These limits are soft: without Redis each process counts for itself.
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(settings.redis_url),
        RATELIMIT_STORAGE_URI=settings.redis_url or f"{Counts.STORAGE_SCHEME[0]}://",
        RATELIMIT_STORAGE_OPTIONS=redis_patience() if settings.redis_url else {},
        STORED_MODELS=models.ROOMS,
    )
    app.extensions["settings"] = settings
    app.extensions["network_keys"] = DayKeys(settings.redis_url, settings.instance_dir)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way to wrap it
            app.wsgi_app,
            x_for=settings.trusted_proxies,
            x_proto=1,  # the outermost proxy says it once
            x_host=0,
        )


def trusted_hosts(settings: Settings) -> list[str] | None:
    """The names by which the site may be asked for; None where its own name is not set."""
    name = urlsplit(settings.public_url).hostname or ""
    if name in {"", "0.0.0.0", "::"}:  # noqa: S104  it is refused as a name, not listened on
        return None
    return [name, "localhost", "127.0.0.1", "[::1]"]


def register_slices(app: Flask) -> None:
    """Put every slice's pages on the site."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
