"""Who was asked but gave no answer that counts, in words."""

from engage.core.indicators.unanswered import Unanswered
from engage.core.words.rounding import percent


def unanswered_words(unanswered: Unanswered) -> str:
    """What share of those asked did not know, and what share did not answer."""
    if not unanswered.asked:
        return "Nobody was asked."
    told = [
        f"{_share(share)} {did}"
        for share, did in (
            (unanswered.dont_know, "said that they did not know"),
            (unanswered.missing, "did not answer"),
        )
        if share > 0
    ]
    if not told:
        return "All who were asked gave an answer."
    said = " and ".join(told)
    return f"{said[:1].upper()}{said[1:]}."


def _share(share: float) -> str:
    shown = percent(share)
    return "under 1%" if shown == "0%" else shown
