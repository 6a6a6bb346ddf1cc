"""What is wrong with an answer, said to whoever types it in and not to who gave it.

The rules of the screen speak to the person who answers: "You ticked ...". A clerk has only a paper.
"""

import re

SAID = (
    (
        r"You ticked (“.*”) and something else\. Untick one of them\.",
        r"The paper has \1 and something else. Leave this empty if they conflict.",
    ),
    (
        r"You chose both (“.*”) as (\w+)\. Choose one of them\.",
        r"The paper has both \1 as \2. Leave this empty if you cannot tell which is meant.",
    ),
    (
        r"You chose a (\w+), but no (\w+)\. Choose in order\.",
        r"The paper has a \1, but no \2. Leave this empty if you cannot tell what is meant.",
    ),
    (
        r"You chose (“.*”)\. Say what, in a few words\.",
        r"The paper has \1. Type what is written beside it, or - if nothing is.",
    ),
    (
        r"You wrote beside (“.*”)\. Choose it too, or empty the box\.",
        r"Beside \1, which is not ticked, stands something. Type its number too, or empty this.",
    ),
    (
        r"Choose (\d+) places? at most\. You ticked (\d+)\.",
        r"The paper has \2 places. Type the first \1 only.",
    ),
    (r"(.*) You wrote (\d+)\.", r"\1 This has \2."),
    (
        r"Tick the box if you agree\..*",
        "Without this tick the form cannot be counted. If the paper has none, put it aside.",
    ),
)
"""What the screen says to what stands on the page of a clerk; anything else fits both."""


def to_clerk(message: str) -> str:
    """The message of a rule in words for whoever types the form in."""
    for of_screen, of_clerk in SAID:
        if found := re.fullmatch(of_screen, message):
            return found.expand(of_clerk)
    return message
