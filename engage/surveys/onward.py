"""Where somebody carries on with a draft: the page that they left, or the check after the last."""

from flask import request, url_for

from engage.answering.draft import OpenDraft
from engage.answering.resume import where_left
from engage.core.definition.routing import eligible
from engage.surveys.current import Survey


def way_onward(survey: Survey, draft: OpenDraft) -> str:
    """The address of the first page that is not saved, or not full; the check after all of them."""
    definition = survey.questionnaire.definition
    if not eligible(definition, draft.answers):
        return url_for("finish.not_for_you", slug=survey.slug)
    page = where_left(definition, draft)
    if page is None:
        return url_for("finish.check", slug=survey.slug)
    return url_for("questions.section", slug=survey.slug, section_id=page)


def page_left(survey: Survey) -> str | None:
    """The address of the page whose number, from 1, the request says was left; None for none."""
    pages = dict(enumerate(survey.questionnaire.definition.section_ids, 1))
    left = pages.get(request.args.get("page", 0, type=int))
    return url_for("questions.section", slug=survey.slug, section_id=left) if left else None
