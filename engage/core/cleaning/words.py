"""The cleaning rules by name, in words for people; read by pages, so without pandas."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A rule in words: `label` is a few words, `reason` a sentence."""

    label: str
    reason: str


RULES: dict[str, Told] = {
    "trial": Told(
        "A test", "Somebody tried the survey out, by a link that says so: test or preview."
    ),
    "before_opening": Told("Too early", "They came before the survey opened."),
    "out_of_scope": Told(
        "Not for this survey",
        "They chose an answer that the survey is not for, such as an age, or live in no ward of "
        "this borough.",
    ),
    "same_submission": Told(
        "Sent twice",
        "The same form arrived more than once. The first is kept: the earliest day, then the "
        "smallest id.",
    ),
    "identical_answers": Told(
        "Same answers as someone else",
        "Every answer is the same as another person’s. That can happen honestly.",
    ),
    "mostly_empty": Told(
        "Mostly empty",
        "They answered fewer than half of the questions that they were asked about the subject, "
        "or none of the key questions.",
    ),
    "speeding": Told(
        "Very quick",
        "They took less than a third of the usual time, or less than 2 seconds a question. "
        "Paper and phone are not timed.",
    ),
    "straight_lining": Told(
        "Straight lines",
        "They gave one answer all the way down at least two lists of questions, and were very "
        "quick too or cannot mean it, since some rows say the opposite of others.",
    ),
    "inconsistent": Told(
        "Contradictions",
        "Two or more pairs of their answers cannot both be true. Where it is one pair, only those "
        "answers are left out.",
    ),
    "honeypot": Told(
        "Filled in a hidden field", "They filled in a field that people cannot see; programs do."
    ),
    "odd_start": Told(
        "Odd start",
        "They began without our start page, or with one from more than a day ago, or within a "
        "second of seeing it.",
    ),
    "busy_network": Told(
        "Busy network",
        "Far more people than usual began from their network in that minute. It may be a school.",
    ),
    "no_proof": Told(
        "No proof of work",
        "There was a flood of starts, and their browser did not do the sum that tells a person "
        "from a program. Browsers without scripts cannot.",
    ),
    "gibberish": Told(
        "No words", "What they wrote has a web link in it, or hardly a word. That is a guess."
    ),
    "out_of_range": Told(
        "Impossible answers",
        "They hold a number or code that the question does not have. It counts as not answered.",
    ),
    "reviewed": Told("Looked at by a person", "The rules marked it, and somebody decided."),
}
"""In the order in which the rules are tried; a response is removed by the first that fires.

The last is no rule: people decide about what the rules marked.
"""

REMOVES = RULES
FLAGS: dict[str, Told] = {
    name: Told(told.label, f"{told.reason} They are kept.") for name, told in RULES.items()
}
"""The same rules where they only mark. A survey may choose which remove and which mark."""
