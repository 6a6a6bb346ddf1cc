"""What is wrong with a file handed to the bench."""


class InputError(ValueError):
    """Input that cannot be analysed; the message names the thing, the value and the remedy."""
