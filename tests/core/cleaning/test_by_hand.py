"""What people decided about marked responses holds after the rules, whatever their version."""

from engage.core.cleaning.by_hand import by_hand, with_decisions
from engage.core.cleaning.log import clean, flows
from engage.core.cleaning.rules import Thresholds
from engage.core.cleaning.table import table_from_answers

IDS = [f"{number:032x}" for number in range(4)]


def test_a_person_leaves_out_and_keeps_what_the_rules_only_mark(definition, full):
    answers = [full, full, full | {"age": "1"}, full]
    table = table_from_answers(definition, answers, durations=[300, 3, 3, 300])
    few = Thresholds(least_identical=7)
    plain = clean(definition, table, few)
    decided = {IDS[1]: "leave_out", IDS[2]: "leave_out", IDS[3]: "keep"}

    cleaned = clean(definition, with_decisions(table, decided), few)

    assert cleaned.removed == {IDS[2]: "out_of_scope", IDS[1]: "reviewed"}, "the rules come first"
    assert cleaned.flow.removed["reviewed"] == cleaned.flow.flagged["reviewed"] == 1
    assert (cleaned.flow.received, cleaned.flow.used) == (4, plain.flow.used - 1)
    (told,) = by_hand(cleaned.flow)
    assert told.endswith("people looked at 2: 1 are left out, and 1 are used.")
    every = flows(definition, with_decisions(table, decided), few).values()
    assert all(flow.removed["reviewed"] == 1 for flow in every)


def test_where_nobody_decided_all_is_as_before(definition, full):
    table = table_from_answers(definition, [full, full])

    assert with_decisions(table, {}) is table
    cleaned = clean(definition, table)
    assert "reviewed" not in {**cleaned.flow.removed, **cleaned.flow.flagged}
    assert by_hand(cleaned.flow) == ()
