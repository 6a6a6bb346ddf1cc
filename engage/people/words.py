"""What each role is called, and what it is for, on the pages for staff."""

from engage.accounts.models import Role

CALLED = {role: role.value.replace("_", " ").capitalize() for role in Role}
MAY = {
    Role.ADMINISTRATOR: "Looks after accounts, and may open every page except what is sealed.",
    Role.SURVEY_MANAGER: "Prepares, opens and closes surveys; pledges, events and messages.",
    Role.ANALYST: "Makes and reads figures, takes files along, codes what people wrote.",
    Role.SAFEGUARDING_LEAD: "Reads reports of hate crime and abuse, and what people wrote that "
    "may need help. Colleagues give them the keys.",
    Role.CASEWORKER: "Works on reports of hate crime and abuse. Colleagues give them the keys.",
    Role.CENTRE_WORKER: "Takes reports at a centre outside of the council.",
    Role.PARTNER_VIEWER: "Police and other partners: sees figures that were published, and "
    "nothing of single people. Signs in without a second step.",
    Role.AUDITOR: "Reads the audit log, the list of people and what was approved; changes nothing.",
}
ON_OFFER = tuple(role for role in Role if role != Role.CENTRE_WORKER)
"""Roles that are given here; workers of centres are added on the page of their centre."""
