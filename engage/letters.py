"""Letters for codes that people read, say and type."""

import secrets

LETTERS = "23456789bcdfghjkmnpqrstvwxz"
"""No vowels, so that a code is no word; nothing that looks like something else."""


def random_letters(number: int) -> str:
    """So many letters that nobody can guess: 4.75 bits each."""
    return "".join(secrets.choice(LETTERS) for _ in range(number))
