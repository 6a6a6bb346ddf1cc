"""What the states and themes of actions are called, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from engage.actions.models import ActionState, Theme

STATES: Mapping[str, Any] = {
    ActionState.PLANNED: lazy_gettext("Planned"),
    ActionState.UNDER_WAY: lazy_gettext("Under way"),
    ActionState.DONE: lazy_gettext("Done"),
    ActionState.STOPPED: lazy_gettext("Stopped"),
}
THEMES: Mapping[str, Any] = {
    Theme.STREETS: lazy_gettext("Streets, parks and lighting"),
    Theme.ANTISOCIAL: lazy_gettext("Antisocial behaviour"),
    Theme.POLICING: lazy_gettext("Police and patrols"),
    Theme.HATE: lazy_gettext("Hate crime"),
    Theme.WOMEN: lazy_gettext("Safety of women and girls"),
    Theme.YOUNG: lazy_gettext("Young people"),
    Theme.CRIME: lazy_gettext("Crime"),
    Theme.OTHER: lazy_gettext("Something else"),
}
