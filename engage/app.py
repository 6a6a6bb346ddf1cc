"""Make the application: a table of contents."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engage import models
from engage.analysis import details, outside_views as outside, views as analysis
from engage.casework import (
    access as report_access,
    evidence,
    inbox,
    links as report_links,
    views as casework,
)
from engage.cli import register_commands
from engage.config import ROOT, Settings, read_settings
from engage.downloads import views as downloads
from engage.entry import form_views as entered, views as entry
from engage.extensions import bind_database, csrf, limiter, login
from engage.fieldwork import invitations, steps, views as fieldwork
from engage.handover import (
    override_views as overrides,
    package_views as packages,
    views as handover,
)
from engage.legacy import typed, views as legacy
from engage.messages import unsubscribe, views as messages
from engage.network import DayKeys, redis_patience
from engage.outreach import views as outreach
from engage.partners import (
    staff_steps as partner_decisions,
    staff_views as partner_staff,
    steps as partner_steps,
    views as partners,
)
from engage.register import (
    invalidations,
    name_views as names,
    pledge_views as pledge_staff,
    views as register,
)
from engage.reported import views as reported
from engage.reporting.rooms import BLUEPRINTS as REPORTING
from engage.screening import views as screening
from engage.sessions.login import attach
from engage.signin import key_views as own_keys, second_views as second_step, views as signin
from engage.signing import confirm, counter, own_changes, own_page, pledges, sign
from engage.surveys import (
    brought,
    finish,
    home,
    invited,
    languages,
    leaving,
    paper,
    questions,
    returning,
    saved,
    start,
    staying,
)  # fmt: skip
from engage.surveys.addresses import number_pages
from engage.surveys.stale import say_what_is_left
from engage.thirdparty import (
    figure_views as centre_figures,
    staff_views as centres,
    views as thirdparty,
    worker_views as centre_workers,
)
from engage.training import booking, desk, staff_views as training_staff, views as training
from engage.web import council, health
from engage.web.access import guard
from engage.web.addresses import teach_addresses
from engage.web.catalogues import prepare_catalogues
from engage.web.cookies import set_cookie_rules
from engage.web.counting import prepare_counting
from engage.web.demonstration import keep_here
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
    number_pages(app)
    serve_compressed(app)
    guard(app)
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
    for blueprint in (
        health.blueprint,
        council.blueprint,
        home.blueprint,
        start.blueprint,
        brought.blueprint,
        questions.blueprint,
        finish.blueprint,
        saved.blueprint,
        returning.blueprint,
        staying.blueprint,
        languages.blueprint,
        leaving.blueprint,
        paper.blueprint,
        invited.blueprint,
        signin.blueprint,
        second_step.blueprint,
        own_keys.blueprint,
        fieldwork.blueprint,
        steps.blueprint,
        invitations.blueprint,
        outreach.blueprint,
        entry.blueprint,
        entered.blueprint,
        screening.blueprint,
        analysis.blueprint,
        details.blueprint,
        outside.blueprint,
        downloads.blueprint,
        pledges.blueprint,
        sign.blueprint,
        confirm.blueprint,
        own_page.blueprint,
        own_changes.blueprint,
        counter.blueprint,
        partners.blueprint,
        partner_steps.blueprint,
        partner_staff.blueprint,
        partner_decisions.blueprint,
        training.blueprint,
        booking.blueprint,
        training_staff.blueprint,
        desk.blueprint,
        messages.blueprint,
        unsubscribe.blueprint,
        register.blueprint,
        pledge_staff.blueprint,
        names.blueprint,
        invalidations.blueprint,
        legacy.blueprint,
        typed.blueprint,
        *REPORTING,
        inbox.blueprint,
        report_access.blueprint,
        casework.blueprint,
        evidence.blueprint,
        report_links.blueprint,
        handover.blueprint,
        overrides.blueprint,
        packages.blueprint,
        thirdparty.blueprint,
        centre_figures.blueprint,
        centres.blueprint,
        centre_workers.blueprint,
        reported.blueprint,
    ):
        app.register_blueprint(blueprint)
