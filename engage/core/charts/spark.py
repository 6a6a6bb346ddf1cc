"""A line the size of a word, beside a figure that says it all: nothing to hear, so it is silent."""

from collections.abc import Sequence

from engage.core.charts import canvas

WIDE, TALL, EDGE = 96, 24, 4


def spark(values: Sequence[float | None], breaks: Sequence[int] = ()) -> str:
    """The values in order as SVG, with a gap where one is absent or a series breaks.

    The last one has a dot. Empty where there are fewer than two values.
    """
    known = [each for each in values if each is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    spread = (high - low) or 1.0
    step = (WIDE - 2 * EDGE) / (len(values) - 1)
    runs: list[list[str]] = [[]]
    last = ""
    for index, value in enumerate(values):
        if value is None or index in breaks:
            runs.append([])
        if value is None:
            continue
        y = TALL / 2 if low == high else EDGE + (TALL - 2 * EDGE) * (high - value) / spread
        x = EDGE + step * index
        runs[-1].append(f"{canvas.number(x)},{canvas.number(y)}")
        last = (
            f'<circle cx="{canvas.number(x)}" cy="{canvas.number(y)}" r="3" fill="currentColor"/>'
        )
    drawn = "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="currentColor" stroke-width="2"/>'
        if len(run) > 1
        else "".join(_dot(each) for each in run)
        for run in runs
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="engage-spark" aria-hidden="true" '
        f'focusable="false" viewBox="0 0 {WIDE} {TALL}" width="{WIDE}" height="{TALL}">'
        f"{drawn}{last}</svg>"
    )


def _dot(place: str) -> str:
    x, y = place.split(",")
    return f'<circle cx="{x}" cy="{y}" r="1.5" fill="currentColor"/>'
