"""The rule of routes that open what is sealed: named roles, never administrators, keys open."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from engage.keyring.held import held_keys
from engage.web.access import KEYED, RULE

View = TypeVar("View", bound=Callable[..., Any])


def keyed(*roles: str) -> Callable[[View], View]:
    """Let staff with one of the roles open the view while their session's keys are open.

    Administrators are not among them. A locked session is asked for its password (LockedError).
    """
    if not roles:
        raise ValueError("keyed() names no role: give those who hold the keys that it opens.")

    def mark(view: View) -> View:
        @wraps(view)
        def opened(*given: Any, **named: Any) -> Any:
            held_keys()
            return view(*given, **named)

        setattr(opened, RULE, frozenset(roles) | {KEYED})
        return opened  # type: ignore[return-value]  # the same signature as the view

    return mark
