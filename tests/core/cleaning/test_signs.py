"""What was noted as a response was begun and sent: counted by rules, each once, never published."""

from dataclasses import replace

import pytest

from engage.core.cleaning.log import clean
from engage.core.cleaning.records import records_of
from engage.core.cleaning.signs import FLAGS, LONGEST, Sign, joined
from engage.core.cleaning.table import coded_table
from engage.core.definition.own_cleaning import Cleaning
from engage.core.export.full_responses import full_responses
from engage.core.export.responses import Areas
from engage.core.export.safe_responses import safe_responses

NOTED = ("honeypot", "odd_start", "busy_network", "no_proof")


def noted(definition, full, *flags: str):
    """A table of people who took their time, with these flags."""
    records = records_of(definition, [full] * len(flags), durations=[900] * len(flags))
    return coded_table(definition, replace(records, flags=list(flags)))


@pytest.mark.parametrize(
    ("flags", "rules"),
    [
        ("honeypot", ("honeypot",)),
        ("fast", ("speeding",)),
        ("no_stamp", ("odd_start",)),
        ("old_form,at_once", ("odd_start",)),
        ("honeypot,busy_network,no_proof", ("honeypot", "busy_network", "no_proof")),
        ("", ()),
    ],
)
def test_each_sign_has_one_rule_that_marks_and_keeps(definition, full, flags, rules):
    table = noted(definition, full, "", flags)
    made = clean(definition, table)
    assert made.flow.used == 2
    assert made.flagged == ({table["@id"][1]: rules} if rules else {})


def test_who_is_noted_as_fast_and_has_a_short_time_is_counted_once(definition, full):
    records = records_of(definition, [full] * 3, durations=[0, 900, 900])
    table = coded_table(definition, replace(records, flags=["fast", "", "fast"]))
    assert clean(definition, table).flow.flagged["speeding"] == 2


def test_where_nothing_was_noted_the_rules_do_not_say_that_somebody_looked(definition, full):
    flagged = clean(definition, noted(definition, full, "", "")).flow.flagged
    assert not set(NOTED) & set(flagged)
    flagged = clean(definition, noted(definition, full, "", "no_stamp")).flow.flagged
    assert {name: flagged[name] for name in NOTED} == {
        "honeypot": 0, "odd_start": 1, "busy_network": 0, "no_proof": 0,
    }  # fmt: skip


def test_a_survey_may_remove_by_a_sign(definition, full):
    own = replace(definition, cleaning=Cleaning(actions={"honeypot": "remove"}))
    made = clean(own, noted(definition, full, "", "honeypot,no_proof"))
    assert (made.flow.used, made.flow.removed["honeypot"]) == (1, 1)


def test_every_sign_has_a_rule(definition, full):
    for sign in Sign:
        table = noted(definition, full, "", sign)
        assert clean(definition, table).flagged, f"{sign} is noted and read by nobody"
    assert joined(reversed(Sign)) == ",".join(Sign)
    assert len(joined(Sign)) == LONGEST


def test_the_file_in_full_has_the_signs_and_the_safe_one_does_not(definition, full):
    table = noted(definition, full, "", "honeypot,fast")
    areas = Areas({}, {}, {})
    file = full_responses(definition, table, clean(definition, table), areas, lambda _ids: {})
    assert list(file.table["@signs"]) == ["", "honeypot fast"]
    assert "@signs" in [column.name for column in file.columns]
    safe = safe_responses(definition, noted(definition, full, *["honeypot"] * 10), areas)
    assert not {FLAGS, "@signs"} & {*safe.table.columns, *(each.name for each in safe.columns)}
    assert b"honeypot" not in safe.coded() + safe.labelled()
