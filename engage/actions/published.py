"""An action as the public sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from engage.actions.content import Content, Finding, Update


@dataclass(frozen=True, slots=True)
class PublishedAction:
    """What two people agreed to show; `shown_at` is when, `first_shown_at` for the first time.

    Findings and quotes are those that were chosen: whoever shows them leaves out what was
    withdrawn or taken back since.
    """

    id: int
    content: Content
    shown_at: datetime
    first_shown_at: datetime

    @property
    def anchor(self) -> str:
        """Where it stands on the page of all actions."""
        return f"action-{self.id}"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.content.title

    @property
    def state(self) -> str:
        """How far it is: a value of `ActionState`."""
        return self.content.state

    @property
    def theme(self) -> str:
        """What it is about: a value of `Theme`."""
        return self.content.theme

    @property
    def owner(self) -> str:
        """The body or post that does it."""
        return self.content.owner

    @property
    def due_on(self) -> date:
        """The day until which it is to be done."""
        return self.content.due_on

    @property
    def wards(self) -> tuple[str, ...]:
        """The codes of its wards; none for the whole borough."""
        return self.content.wards

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that it answers."""
        return self.content.findings

    @property
    def updates(self) -> tuple[Update, ...]:
        """What happened, the newest first."""
        return self.content.updates
