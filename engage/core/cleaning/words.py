"""The cleaning rules by name, in words for people; read by pages, so without pandas."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A rule in words: `label` is a few words, `reason` a sentence."""

    label: str
    reason: str


REMOVES: dict[str, Told] = {
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
    "mostly_empty": Told(
        "Mostly empty",
        "They answered fewer than half of the questions that they were asked about the subject, "
        "or none of the key questions.",
    ),
}
FLAGS: dict[str, Told] = {
    "identical_answers": Told(
        "Same answers as someone else",
        "Every answer is the same as another person’s. That can happen honestly, so they are kept.",
    ),
    "speeding": Told(
        "Very quick",
        "They took less than a third of the usual time, or less than 2 seconds a question. "
        "They are kept. Paper and phone are not timed.",
    ),
}
"""Both in the order in which the rules are tried; a response is removed by the first that fires."""
