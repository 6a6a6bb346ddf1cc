"""Names and codes from a file, as they may be stored and as they are told."""

from engage.core.files.faults import Faults


def storable(value: str, *, longest: int, what: str, where: str, faults: Faults) -> bool:
    """Whether a name or code can be kept; notes a fault where it is absent, long or unprintable."""
    if not value:
        faults.add(f"{where} has no {what}.")
    elif len(value) > longest:
        faults.add(f"{where}: the {what} {value[:40]!r}… is longer than {longest} characters.")
    elif not value.isprintable():
        faults.add(f"{where}: the {what} {value[:60]!r} holds characters that cannot be shown.")
    else:
        return True
    return False


def spoken(pattern: str) -> str:
    r"""A pattern for headings as a person would write it: wd\d\dcd is wd##cd."""
    return pattern.replace(r"\d\d", "##").replace("|", " or ")
