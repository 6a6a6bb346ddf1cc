"""What may be kept of an error: kind and place, for its own text may quote what people wrote."""

from traceback import extract_tb


def described(error: BaseException) -> str:
    """The class of an error and where it was raised, such as `ValueError at refresh.py:31`."""
    places = extract_tb(error.__traceback__)
    where = f"{places[-1].filename}:{places[-1].lineno}" if places else "an unknown place"
    return f"{type(error).__name__} at {where}"
