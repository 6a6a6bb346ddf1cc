"""What is known of series that are published for everybody: whose they are, what they measure."""

from dataclasses import dataclass

LICENCE = "Open Government Licence v3.0"
POLICE_SURVEY = "Mayor’s Office for Policing and Crime (MOPAC), Public Attitude Survey"
RECORDED_CRIME = "Metropolitan Police Service, recorded crime by ward"

SOURCES = {"pas": POLICE_SURVEY}
"""Who publishes a survey, by its name as it is compared."""

HOW_ASKED = (
    "Londoners are interviewed for it all year round, about 400 in each borough in twelve months. "
    "Each figure is of the twelve months before the date, so figures next to one another share "
    "most of their interviews. They are published without intervals: with 400 people a percentage "
    "can be 5 points too high or too low by chance alone."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a measure is about, and the indicator of ours that comes nearest, if any does."""

    about: str
    nearest: str = ""


MEASURES = {
    "pas_good_job_local": Known(
        "People who say that the police do a good or an excellent job in their area.",
        "police_good",
    ),
    "pas_listen_to_concerns": Known(
        "People who agree that the local police listen to the concerns of local people.", "ni27"
    ),
    "pas_understand_issues": Known(
        "People who agree that the local police understand, or deal with, what matters to people "
        "here.",
        "ni21",
    ),
    "pas_relied_on_to_be_there": Known(
        "People who agree that the local police can be relied on to be there when needed."
    ),
    "pas_treat_everyone_fairly": Known(
        "People who agree that the local police treat everyone fairly, whoever they are."
    ),
    "pas_informed_local": Known("People who feel well informed about what the local police do."),
    "pas_contact_ward_officer": Known(
        "People who know how to get in touch with the police officers of their ward."
    ),
    "pas_trust_mps": Known("People who agree that the Metropolitan Police can be trusted."),
}


def known(code: str) -> Known:
    """What is known of a measure by its code; nothing of most."""
    found = MEASURES.get(code)
    return Known(f"{found.about} {HOW_ASKED}", found.nearest) if found else Known("")
