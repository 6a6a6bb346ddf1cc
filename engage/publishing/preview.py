"""The preview: exactly what everyone will see, and below it where a second person agrees.

What they agree to is told by a digest that no other page has, so nobody agrees who has not opened
the preview of just this state.
"""

from flask import abort, render_template, request

from engage import clock
from engage.actions.answering import answers_to
from engage.areas.outlines import drawn
from engage.clock import day_of
from engage.extensions import db
from engage.freetext.released import released_quotes
from engage.published import store
from engage.published.corrected import corrected
from engage.published.edition import proposed
from engage.published.models import PublicationState
from engage.published.page import view
from engage.publishing.forms import DecideForm, WhyForm
from engage.publishing.page import Seen
from engage.web.access import current_user


def preview_page(seen: Seen, **forms: object) -> str:
    """The preview of what is prepared; `forms` are those that were sent and have faults.

    404 where nothing is ready to look at.
    """
    session, now, current = db.session(), clock.now(), seen.current
    if current is None or current.state == PublicationState.CHOSEN:
        abort(404)
    at = current.publish_at or now
    edition = proposed(current, at, day_of(at))
    figures = store.published_figures(session, current.id)
    by, figure = request.args.get("by", ""), request.args.get("figure", "")
    former = store.editions(session, seen.wave.id)
    then = [store.published_figures(session, e.id) for e in former[:1] if not e.withdrawn]
    blank = {"decide_form": DecideForm(formdata=None), "why_form": WhyForm(formdata=None)}
    return render_template(
        "publishing/preview.html",
        seen=seen,
        second=seen.asked is not None and seen.asked.asked_by != current_user.id,
        edition=edition,
        editions=former,
        view=view(edition.about, figures, by=by, figure=figure, outlines=drawn(session))
        or abort(404),
        corrected=corrected(edition.about, figures, then[0] if then else ()),
        files=[],
        quotes=released_quotes(session, seen.wave.id),
        answers=answers_to(session, seen.wave.id),
        methods="#main-content",
        address="",
        **blank | forms,
    )
