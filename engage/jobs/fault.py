"""What may be kept of an error: kind and place, for its own text may quote what people wrote."""

from pathlib import Path
from traceback import extract_tb

OURS = Path(__file__).resolve().parents[1]


def described(error: BaseException) -> str:
    """The class of an error and our own line that led to it: `ValueError at figures/refresh.py:31`.

    Where none of our lines is on the way, the place is the last one of all.
    """
    places = [(Path(place.filename), place.lineno) for place in extract_tb(error.__traceback__)]
    ours = [(path.relative_to(OURS), line) for path, line in places if path.is_relative_to(OURS)]
    path, line = (ours or places or [(Path("an unknown place"), None)])[-1]
    return f"{type(error).__name__} at {path}:{line}"
