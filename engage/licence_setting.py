"""The setting that says on which terms the council publishes its figures."""

from engage.core.export.licence import OGL, OGL_AT, Licence, parse_licence

NONE = "none"
"""What is written where a council grants no licence: an empty setting is the default."""


def figures_licence(raw: str, wrong: list[str]) -> Licence:
    """The licence in `Name <https://address>`, none on request; faults go to `wrong`."""
    if not raw:
        return Licence(OGL, OGL_AT)
    if raw.lower() == NONE:
        return Licence()
    try:
        return parse_licence(raw)
    except ValueError:
        wrong.append(
            f"FIGURES_LICENCE is {raw!r}: give the name and the address of a licence, as in "
            f"{OGL} <{OGL_AT}>, or {NONE}."
        )
        return Licence()
