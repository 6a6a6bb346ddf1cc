"""What sectors, sizes, promises and their standing are called."""

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from engage.organisations.commitments import Status
from engage.organisations.models import Progress, Promise, Standing

SECTORS: dict[str, LazyString] = {
    "business": _("Business or shop"),
    "charity": _("Charity or voluntary group"),
    "faith": _("Place of worship or faith group"),
    "education": _("School, college or university"),
    "health": _("Health or social care"),
    "council": _("Council or other public service"),
    "police": _("Police, fire, courts or probation"),
    "housing": _("Housing association"),
    "transport": _("Transport"),
    "sport": _("Sport, arts or leisure"),
    "other": _("Something else"),
}
"""Code of a sector to what it is called."""

SIZES: dict[str, LazyString] = {
    "1_9": _("1 to 9 people"),
    "10_49": _("10 to 49 people"),
    "50_249": _("50 to 249 people"),
    "250": _("250 people or more"),
}
"""Code of a size, the people who work or volunteer there, to what it is called."""

PROMISES: dict[Promise, LazyString] = {
    Promise.TRAIN_STAFF: _("Train our staff and volunteers about hate crime"),
    Promise.DISPLAY_MATERIAL: _("Show posters and leaflets about how to report hate crime"),
    Promise.NAME_CHAMPION: _("Name a hate crime champion"),
    Promise.SHARE_DATA: _("Share what we see about hate crime, without names"),
    Promise.SUPPORT_VICTIMS: _("Help people who have been hurt by hate crime to get support"),
}
"""Each promise in the words of whoever makes it."""

STATUSES: dict[Status, LazyString] = {
    Status.PROMISED: _("Promised"),
    Status.UNDER_WAY: _("Under way"),
    Status.DONE: _("Done"),
    Status.LATE: _("Late"),
    Status.ENDED: _("Not renewed"),
    Status.DROPPED: _("No longer promised"),
}
"""How everyone reads the standing of a promise."""

STEPS: dict[Progress, LazyString] = {
    Progress.PROMISED: _("We have not started"),
    Progress.UNDER_WAY: _("We are doing it"),
    Progress.DONE: _("It is done for this year"),
}
"""What an organisation can say of a promise."""

STANDINGS: dict[Standing, str] = {
    Standing.ASKED: "Not verified",
    Standing.VERIFIED: "Verified, not approved",
    Standing.APPROVED: "Approved",
    Standing.REFUSED: "Refused",
    Standing.LEFT: "Left",
}
"""How staff read a standing; people see only those that are approved."""
