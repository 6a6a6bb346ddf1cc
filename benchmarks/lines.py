"""How every benchmark says what it found: the rows of one table, which is Markdown as it stands."""

HEAD = "| what | measured | beside | ratio | limit |\n|---|--:|--:|--:|--:|"


def say(what: str, measured: str, beside: str = "", ratio: str = "", limit: str = "") -> None:
    """Print one row."""
    print(f"| {what} | {measured} | {beside} | {ratio} | {limit} |", flush=True)


def seconds(value: float) -> str:
    """CPU seconds, or milliseconds where they are few."""
    return f"{value:,.2f} s" if value >= 0.1 else f"{1000 * value:,.1f} ms"
