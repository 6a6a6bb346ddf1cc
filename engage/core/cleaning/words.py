"""The cleaning rules by name, in words for people; read by pages, so without pandas."""

from dataclasses import dataclass

from engage.core.words.marked import marked


@dataclass(frozen=True, slots=True)
class Told:
    """A rule in words: `label` is a few words, `reason` a sentence."""

    label: str
    reason: str


RULES: dict[str, Told] = {
    "trial": Told(
        marked("A test"),
        marked("Somebody tried the survey out, by a link that says so: test or preview."),
    ),
    "before_opening": Told(
        marked("Too early"),
        marked("They came before the survey opened."),
    ),
    "out_of_scope": Told(
        marked("Not for this survey"),
        marked(
            "They chose an answer that the survey is not for, such as an age, or live in no ward "
            "of this borough."
        ),
    ),
    "same_submission": Told(
        marked("Sent twice"),
        marked(
            "The same form arrived more than once. The first is kept: the earliest day, then the "
            "smallest id."
        ),
    ),
    "identical_answers": Told(
        marked("Same answers as someone else"),
        marked("Every answer is the same as another person’s. That can happen honestly."),
    ),
    "mostly_empty": Told(
        marked("Mostly empty"),
        marked(
            "They answered fewer than half of the questions that they were asked about the "
            "subject, or none of the key questions."
        ),
    ),
    "speeding": Told(
        marked("Very quick"),
        marked(
            "They took less than a third of the usual time, or less than 2 seconds a question. "
            "Paper and phone are not timed."
        ),
    ),
    "straight_lining": Told(
        marked("Straight lines"),
        marked(
            "They gave one answer all the way down at least two lists of questions, and were very "
            "quick too or cannot mean it, since some rows say the opposite of others."
        ),
    ),
    "inconsistent": Told(
        marked("Contradictions"),
        marked(
            "Two or more pairs of their answers cannot both be true. Where it is one pair, only "
            "those answers are left out."
        ),
    ),
    "honeypot": Told(
        marked("Filled in a hidden field"),
        marked("They filled in a field that people cannot see; programs do."),
    ),
    "odd_start": Told(
        marked("Odd start"),
        marked(
            "They began without our start page, or with one from more than a day ago, or within a "
            "second of seeing it."
        ),
    ),
    "busy_network": Told(
        marked("Busy network"),
        marked(
            "Far more people than usual began from their network in that minute. It may be a "
            "school."
        ),
    ),
    "no_proof": Told(
        marked("No proof of work"),
        marked(
            "There was a flood of starts, and their browser did not do the sum that tells a person "
            "from a program. Browsers without scripts cannot."
        ),
    ),
    "gibberish": Told(
        marked("No words"),
        marked("What they wrote has a web link in it, or hardly a word. That is a guess."),
    ),
    "out_of_range": Told(
        marked("Impossible answers"),
        marked(
            "They hold a number or code that the question does not have. It counts as not answered."
        ),
    ),
    "reviewed": Told(
        marked("Looked at by a person"),
        marked("The rules marked it, and somebody decided."),
    ),
}
"""In the order in which the rules are tried; a response is removed by the first that fires.

The last is no rule: people decide about what the rules marked.
"""

REMOVES = RULES
FLAGS: dict[str, Told] = {
    name: Told(told.label, f"{told.reason} They are kept.") for name, told in RULES.items()
}
"""The same rules where they only mark. A survey may choose which remove and which mark."""
