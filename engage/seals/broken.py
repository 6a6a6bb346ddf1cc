"""What is raised when sealed bytes do not open."""


class BrokenSealError(ValueError):
    """Sealed bytes do not open: with another key, for another purpose, or after a change.

    The message never says which: whoever tries keys learns nothing from it.
    """
