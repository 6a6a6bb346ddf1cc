"""What notes say of numbers of people that are rounded."""


def counts_told(to: int) -> str:
    """The sentence for notes when numbers of people are rounded to multiples of `to`.

    Empty where they are exact. Counts are never below zero, so a half is always rounded up.
    """
    if to == 1:
        return ""
    return (
        f"Numbers of people are rounded to the nearest {to}, a half up, so they may not add up. "
        "Percentages come from the numbers before they were rounded."
    )
