"""The settings on care: where people get help, who is told, and what holds for reports."""

from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from pathlib import Path

from email_validator import EmailNotValidError, validate_email

from engage.core.definition.faults import DefinitionError
from engage.core.definition.help_list import HelpList, load_help
from engage.core.reporting.policy import Policy
from engage.core.reporting.policy_load import load_policy

DEFINITIONS = Path(__file__).resolve().parent / "definitions"
SHIPPED_HELP = DEFINITIONS / "help.yaml"
SHIPPED_POLICY = DEFINITIONS / "reporting_policy.yaml"


@dataclass(frozen=True, slots=True)
class Lead:
    """The person who is told of writing that worries somebody."""

    name: str
    email: str


def help_list(raw: str, wrong: list[str]) -> HelpList:
    """The list of places to get help, with the council's own file over it; faults go to `wrong`."""
    try:
        return load_help(SHIPPED_HELP, Path(raw).resolve() if raw else None)
    except DefinitionError as error:
        wrong += [f"HELP_FILE cannot be used: {fault}" for fault in error.faults]
        return HelpList()


@cache
def shipped_policy() -> Policy:
    """The reporting policy that ships, as it is."""
    return load_policy(SHIPPED_POLICY)


def reporting_policy(raw: str, wrong: list[str]) -> Policy:
    """What ships about reports, with the council's own file over it; faults go to `wrong`."""
    if not raw:
        return shipped_policy()
    try:
        return load_policy(SHIPPED_POLICY, Path(raw).resolve())
    except DefinitionError as error:
        wrong += [f"REPORTING_POLICY cannot be used: {fault}" for fault in error.faults]
        return shipped_policy()


def safeguarding_lead(raw: str, wrong: list[str]) -> Lead | None:
    """The person in `Name <address>`; None where nobody is named; faults go to `wrong`."""
    if not raw:
        return None
    name, address = parseaddr(raw)
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        address = ""
    if not name.strip() or not address:
        wrong.append(
            f"SAFEGUARDING_LEAD is {raw!r}: give a name and an e-mail address, as in "
            "Jo Fern <jo.fern@example.org>."
        )
        return None
    return Lead(" ".join(name.split()), address)
