"""Where a sign-in leads: only to pages of this site."""


def local_path(target: str) -> str | None:
    """Where to go after signing in, if that is a page of this site.

    Browsers read a backslash as a slash and drop control characters, so neither may be there.
    """
    plain = target.isprintable() and "\\" not in target
    local = target.startswith("/") and not target.startswith("//")
    return target if plain and local else None
