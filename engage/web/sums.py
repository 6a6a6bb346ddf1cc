"""Numbers that should add up to something: what they make, and what they should make, in words."""

from flask_babel import gettext

from engage.core.definition.condition import Sign
from engage.core.definition.routing import Answers
from engage.core.definition.rule import Total
from engage.core.definition.truth import number_in, value_of


def sum_in_words(total: Total, kept: Answers) -> str:
    """What the numbers add up to, and what they should."""
    found = value_of(total.number, kept)
    bounds = {than.sign: number_in(than.number, kept) for than in total.wanted.than}
    least = bounds.get(Sign.AT_LEAST, total.wanted.at_least)
    most = bounds.get(Sign.AT_MOST, total.wanted.at_most)
    if least == most:
        return gettext(
            "They add up to %(found)s. They should add up to %(wanted)s.", found=found, wanted=most
        )
    if least is None:
        return gettext(
            "They add up to %(found)s. They should add up to %(most)s or less.",
            found=found,
            most=most,
        )
    if most is None:
        return gettext(
            "They add up to %(found)s. They should add up to %(least)s or more.",
            found=found,
            least=least,
        )
    return gettext(
        "They add up to %(found)s. They should add up to something from %(least)s to %(most)s.",
        found=found,
        least=least,
        most=most,
    )
