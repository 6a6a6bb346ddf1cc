"""What caseworkers do to a report: each act has its form, its page's words and what it changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from engage.casework import forms
from engage.casework.closing import close, reopen
from engage.casework.doing import Doing
from engage.casework.holds import hold, release
from engage.core.reporting.clocks import What
from engage.reports.models import Status
from engage.web.forms import SeenForm


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: `title` names its page, `button` does it, `done` is said afterwards.

    `reaches` is who the act gets in touch with, so that the page shows what they asked of us:
    "them" (whoever reported), "centre", or nobody. `closed` acts are those on a closed report.
    """

    title: str
    button: str
    done: str
    form: type[SeenForm]
    do: Callable[[Doing, Any], None]
    label: str = ""
    hint: str = ""
    reaches: str = ""
    closed: bool = False


def note(doing: Doing, form: forms.WriteForm) -> None:
    """Write down something that only caseworkers read."""
    doing.add("notes", "note", words=form.words.data)


def question(doing: Doing, form: forms.WriteForm) -> None:
    """Ask whoever reported; they see it behind their code, and it is theirs to answer."""
    doing.add("talk", "question", words=form.words.data)
    doing.taken_up()
    doing.contacted()
    doing.alter_line(lambda line: replace(line, waiting_for="them"))


def message(doing: Doing, form: forms.WriteForm) -> None:
    """Write to the centre that reported."""
    doing.add("content", "message", words=form.words.data)
    doing.answered()
    doing.taken_up()


def assign(doing: Doing, form: forms.AssignForm) -> None:
    """Say who works on it, or that nobody does."""
    doing.add("notes", "assigned", to=form.chosen)
    if form.chosen is not None:
        doing.taken_up()
    doing.alter_line(lambda line: replace(line, assigned_to=form.chosen))


def judge(doing: Doing, form: forms.JudgeForm) -> None:
    """Judge how urgent it is; that stands before the points from then on."""
    doing.add("notes", "judgement", urgency=form.urgency.data, words=form.words.data)
    doing.alter_line(lambda line: replace(line, urgency=form.urgency.data))


def contact(doing: Doing, form: forms.ContactForm) -> None:
    """Note that somebody was spoken to."""
    doing.add("notes", "contact", how=form.how.data, words=form.words.data)
    doing.answered()
    doing.taken_up()
    doing.contacted()


def review(doing: Doing, form: forms.WriteForm) -> None:
    """Note that the case was looked through, and when it is again."""
    doing.add("notes", "review", words=form.words.data)
    doing.answered()
    doing.run(What.REVIEW, doing.policy.clocks.review)


ACTS: dict[str, Act] = {
    "question": Act(
        "Ask a question",
        "Send",
        "Your question waits for them behind their code.",
        forms.WriteForm,
        question,
        "What do you ask?",
        "Whoever reported it reads this with their code. Ask only what you need. Name nobody.",
        reaches="them",
    ),
    "message": Act(
        "Write to the centre",
        "Send",
        "Your message waits for the centre.",
        forms.WriteForm,
        message,
        "What do you write?",
        "Every worker of the centre can read this, and so can whoever has the code of the report.",
        reaches="centre",
    ),
    "contact": Act(
        "Write down a contact",
        "Save",
        "The contact is written down.",
        forms.ContactForm,
        contact,
        "What was said?",
        "For when you spoke with them outside this site. Only caseworkers read it.",
        reaches="them",
    ),
    "note": Act(
        "Write a note",
        "Save the note",
        "The note is saved.",
        forms.WriteForm,
        note,
        "Your note",
        "Only caseworkers and safeguarding leads read it.",
    ),
    "assign": Act("Say who works on it", "Save", "That is saved.", forms.AssignForm, assign),
    "urgency": Act(
        "Judge how urgent it is",
        "Save",
        "Your judgement is saved.",
        forms.JudgeForm,
        judge,
        "Why?",
        "The points cannot know everything. What you judge stands in their place.",
    ),
    "review": Act(
        "Review the case",
        "Save the review",
        "The review is saved.",
        forms.WriteForm,
        review,
        "What did you find, and what is next?",
        "Only caseworkers and safeguarding leads read it.",
    ),
    "hold": Act(
        "Keep it for longer",
        "Keep it",
        "Nothing of it is deleted until somebody ends this.",
        forms.WriteForm,
        hold,
        "Why must it be kept?",
        "For example a court case. Nothing is deleted while it is held.",
    ),
    "release": Act(
        "End keeping it for longer",
        "End it",
        "It is deleted in its time again.",
        forms.WriteForm,
        release,
        "Why is it no longer needed?",
    ),
    "close": Act("Close it", "Close it", "It is closed.", forms.CloseForm, close, reaches="them"),
    "reopen": Act(
        "Open it again",
        "Open it again",
        "It is open again.",
        forms.WriteForm,
        reopen,
        "Why?",
        closed=True,
    ),
}
"""Every act by its part of the address."""

ON_CLOSED = ("note", "hold", "release")


def offered(status: str, *, held: bool, centre: bool, declined: bool = False) -> list[str]:
    """The acts that there are for a report with that status.

    `centre`: that a centre made it; `declined`: that nobody has a code to read questions with.
    """
    closed = status == Status.CLOSED
    absent = {"hold" if held else "release"} | (set() if centre else {"message"})
    absent |= {"question"} if declined else set()
    return [
        name
        for name, act in ACTS.items()
        if name not in absent and (act.closed == closed or (closed and name in ON_CLOSED))
    ]
