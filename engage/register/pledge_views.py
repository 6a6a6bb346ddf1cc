"""Pledges for staff: make, word anew, open and close."""

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.extensions import db, site_settings
from engage.pledges import counts, words
from engage.pledges.titles import titles
from engage.register import pledge_service as service
from engage.register.pledge_forms import DaysForm, PledgeForm, WordsForm
from engage.waves.catalogue import newest_file, survey_names
from engage.web.access import staff
from engage.web.forms import choices_of
from engage.web.language import LANGUAGES, Language
from engage.web.staff_pages import PLEDGE, add_staff_page

blueprint = Blueprint("pledge_staff", __name__, url_prefix="/staff/pledges")
add_staff_page(
    blueprint,
    "Pledges",
    "pledge_staff.pledges",
    PLEDGE,
    "See how many signed and when.",
    instead=("pledge_staff.new", "Make pledges, look after who signed, bring in older lists."),
)

Page = str | Response | tuple[str, int]
NUMBER = "int(max=2147483647)"
BOTH = (Role.SURVEY_MANAGER, Role.ANALYST)


@blueprint.get("")
@staff(*BOTH)
def pledges() -> str:
    """Every pledge, and the ways in which signatures come from elsewhere."""
    listed = service.all_pledges(db.session.connection(), clock.today())
    return render_template("register/pledges.html", pledges=listed)


@blueprint.route("/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def new() -> Page:
    """Make a pledge with its English words; it is not shown until somebody puts it on the site."""
    form = PledgeForm()
    if form.sent_and_valid():
        try:
            number = _make(form)
        except IntegrityError:
            db.session.rollback()
            form.blame("slug", f"There is a pledge {form.slug.data} already. Enter another name.")
        else:
            return redirect(url_for("pledge_staff.one", pledge_id=number), 303)
    page = render_template("register/new.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.get(f"/<{NUMBER}:pledge_id>")
@staff(*BOTH)
def one(pledge_id: int) -> str:
    """A pledge: its days, its words by language, and how many signed."""
    connection = db.session.connection()
    pledge = found_pledge(pledge_id)
    return render_template(
        "register/pledge.html",
        pledge=pledge,
        seen=next(
            each for each in service.all_pledges(connection, clock.today()) if each.id == pledge_id
        ),
        states=service.by_state(connection, pledge_id),
        total=counts.total(connection, pledge_id),
        version=words.newest(connection, pledge_id),
        written=words.languages(connection, pledge_id),
        tongues=_spoken(),
        words_in=lambda code: words.words_in(connection, pledge_id, code),
        questionnaires=dict(_questionnaires()),
    )


@blueprint.route(f"/<{NUMBER}:pledge_id>/days", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def days(pledge_id: int) -> Page:
    """Change when a pledge can be signed, what is asked before, and whether it is on the site."""
    pledge = found_pledge(pledge_id)
    form = DaysForm(obj=pledge)
    form.questionnaire.choices = choices_of([("", "None"), *_questionnaires()])
    unchecked = _unchecked(pledge_id) if not pledge.published else []
    good = form.sent_and_valid() and form.in_order()
    good = good and form.may_reopen(pledge.closes_on, clock.today())
    if good and form.checked(unchecked):
        changed = {
            "opens_on": form.opens_on.data,
            "closes_on": form.closes_on.data,
            "questionnaire": form.questionnaire.data or None,
            "published": bool(form.published.data),
        }
        at = update(service.PLEDGES).where(service.PLEDGES.c.id == pledge_id)
        db.session.execute(at.values(changed))
        note("pledge.changed", pledge_id, published=changed["published"])
        db.session.commit()
        return redirect(url_for("pledge_staff.one", pledge_id=pledge_id), 303)
    page = render_template(
        "register/days.html",
        form=form,
        pledge=pledge,
        title=_title(pledge_id),
        unchecked=unchecked,
    )
    return (page, 422) if form.errors else page


@blueprint.route(f"/<{NUMBER}:pledge_id>/words/<slug:code>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def wording(pledge_id: int, code: str) -> Page:
    """Word a pledge in a language: corrected until somebody signs it, a new version after that."""
    found_pledge(pledge_id)
    spoken = next((each for each in _spoken() if each.code == code), None) or abort(404)
    connection = db.session.connection()
    english = words.words_in(connection, pledge_id, words.FIRST_LANGUAGE)
    now = words.words_in(connection, pledge_id, code)
    own = now if now is not None and now.language == code else None
    form = WordsForm(obj=own, short=own.summary if own else "")
    if form.sent_and_valid():
        service.write_words(connection, pledge_id, code, form.new, clock.today())
        note("pledge.worded", pledge_id, language=code)
        db.session.commit()
        return redirect(url_for("pledge_staff.one", pledge_id=pledge_id), 303)
    page = render_template(
        "register/words.html",
        form=form,
        spoken=spoken,
        english=english,
        signed=own is not None and words.is_signed(connection, own.id),
        pledge_id=pledge_id,
        title=_title(pledge_id),
    )
    return (page, 422) if form.errors else page


def found_pledge(pledge_id: int) -> Row[tuple[object, ...]]:
    """The pledge of that number; answers 404 where there is none."""
    wanted = select(service.PLEDGES).where(service.PLEDGES.c.id == pledge_id)
    return db.session.execute(wanted).one_or_none() or abort(404)


def note(action: str, pledge_id: int, **detail: str | int | bool | None) -> None:
    """Write into the audit log what somebody did with a pledge: facts, never a name or address."""
    note_done(action, f"pledge:{pledge_id}", detail)


def _make(form: PledgeForm) -> int:
    connection = db.session.connection()
    given = {"slug": form.slug.data, "published": False, "opens_on": form.opens_on.data}
    row = connection.execute(insert(service.PLEDGES).values(given)).inserted_primary_key
    number = int(row[0]) if row else 0
    service.write_words(connection, number, words.FIRST_LANGUAGE, form.new, clock.today())
    note("pledge.made", number)
    db.session.commit()
    return number


def _title(pledge_id: int) -> str:
    return titles(db.session.connection())[pledge_id]


def _unchecked(pledge_id: int) -> list[str]:
    """The languages of the newest words that nobody has checked, by name."""
    found = []
    for each in _spoken():
        text = words.words_in(db.session.connection(), pledge_id, each.code)
        if text is not None and text.language == each.code and not text.reviewed:
            found.append(each.name)
    return found


def _spoken() -> list[Language]:
    return [each for each in LANGUAGES if not each.reading_of]


def _questionnaires() -> list[tuple[str, str]]:
    """Every questionnaire by its name, with the title of its newest version."""
    settings = site_settings()
    own = settings.definitions_dir
    files = [newest_file(name, own) for name in survey_names(own)]
    return [(file.parent.name, service.title_in(file, file.stat().st_mtime_ns)) for file in files]
