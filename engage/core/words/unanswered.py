"""Who was asked but gave no answer that counts, in words."""

from engage.core.indicators.unanswered import Unanswered
from engage.core.words.rounding import percent

COARSE = 0.05
"""Shares to the nearest so much are said with “about”."""
NEARLY_ALL = "Nearly all who were asked gave an answer."
ALL_ANSWERED = "All who were asked gave an answer."


def unanswered_words(unanswered: Unanswered, questions: int = 1) -> str:
    """What share of those asked did not know, and what share did not answer.

    Of a figure made of several `questions`, at least one of them.
    """
    if not unanswered.asked:
        return "Nobody was asked."
    one = "" if questions == 1 else f" at least one of the {questions} questions"
    told = [
        f"{_share(share)} {did}"
        for share, did in (
            (unanswered.dont_know, f"said that they did not know{one}"),
            (unanswered.missing, f"did not answer{one}"),
        )
        if share > 0
    ]
    if not told:
        # What was rounded to nothing need not be nothing.
        return NEARLY_ALL if unanswered.nearest else ALL_ANSWERED
    about = "About " if unanswered.nearest >= COARSE else ""
    said = f"{about}{' and '.join(told)}"
    return f"{said[:1].upper()}{said[1:]}."


def _share(share: float) -> str:
    shown = percent(share)
    return "under 1%" if shown == "0%" else shown
