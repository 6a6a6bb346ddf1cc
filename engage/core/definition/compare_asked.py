"""What changed about whom a question is put to."""

from collections.abc import Hashable, Iterator
from dataclasses import replace

from engage.core.definition.condition import Calculated, Condition
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.wording import plain, quoted


def names_of(before: Definition, after: Definition) -> tuple[str, str]:
    """What the two versions are called in sentences."""
    return f"version {before.version}", f"version {after.version}"


def changed_rule(before: Definition, after: Definition, one: Question, other: Question) -> str:
    """What changed in the rule that decides who is asked one question; empty if nothing did."""
    if unordered(one.show_if) == unordered(other.show_if):
        return ""
    rules = [_rule(before, one), _rule(after, other)]
    older, newer = names_of(before, after)
    if rules[0] == rules[1]:
        return (
            f"{newer} asks {quoted(other.text)} of {rules[0]}, but of other answers than {older}."
        )
    return f"{older} asks {quoted(other.text)} of {rules[0]}, {newer} of {rules[1]}."


def _rule(definition: Definition, question: Question) -> str:
    if question.show_if is None:
        return "everybody"
    named = dict.fromkeys(question.show_if.questions())
    texts = [quoted(definition.questions[name].text) for name in named]
    return f"some, by what they answered to {' and '.join(texts)}"


def unordered(condition: Condition | None) -> Hashable:
    """The same rule without an order of its parts: which comes first makes no difference."""
    if condition is None:
        return None
    if condition.negated:
        return "not", unordered(condition.negated)
    if condition.all_of or condition.any_of:
        parts = frozenset(map(unordered, _flat(condition)))
        return next(iter(parts)) if len(parts) == 1 else (bool(condition.all_of), parts)
    alone = replace(condition, calculated=None, than=())
    number = way_of(condition.calculated) if condition.calculated else None
    than = frozenset((each.sign, way_of(each.number)) for each in condition.than)
    return (alone, number, than)


def _flat(condition: Condition) -> Iterator[Condition]:
    """The parts of a rule, with those of parts that combine in the same way, or only one."""
    every = bool(condition.all_of)
    for each in condition.all_of or condition.any_of:
        inside = each.all_of or each.any_of
        if inside and (bool(each.all_of) is every or len(inside) == 1):
            yield from _flat(Condition(all_of=inside) if every else Condition(any_of=inside))
        else:
            yield each


def way_of(number: str | Calculated) -> Hashable:
    """How a number is worked out, whatever it is called; or the question that it answers."""
    if isinstance(number, str):
        return number
    cases = tuple((unordered(case.when), case.value) for case in number.cases)
    made_of = frozenset(number.sum), frozenset(number.count), number.of
    return (*made_of, cases, number.otherwise)


def changed_groups(before: Definition, after: Definition) -> Iterator[tuple[str, str]]:
    """The breakdown and the label of each group of both versions that has another rule."""
    old, new = (
        {(cut.id, group.code): group for cut in each.breakdowns for group in cut.groups}
        for each in (before, after)
    )
    for place, group in new.items():
        if place in old and unordered(old[place].when) != unordered(group.when):
            yield place[0], group.label


def changed_eligibility(before: Definition, after: Definition) -> Iterator[tuple[str, str]]:
    """Each question whose answers keep other people out than they did, with what changed."""
    names = names_of(before, after)
    for question_id in dict.fromkeys([*before.questions, *after.questions]):
        asked = [each.questions.get(question_id) for each in (before, after)]
        kept = [_kept_out(question) for question in asked]
        if {plain(who) for who in kept[0]} == {plain(who) for who in kept[1]}:
            continue
        older, newer = (
            f"{name} is not for those who {' or '.join(who)}"
            if who
            else f"{name} turns nobody away"
            for name, who in zip(names, kept, strict=True)
        )
        texts = [question.text for question in asked if question]
        yield question_id, f"at {quoted(texts[-1])}, {older}; {newer}."


def _kept_out(question: Question | None) -> list[str]:
    """Those whom a question keeps out, each as what they do."""
    if question and question.kind is Kind.CONSENT and question.required:
        return ["do not agree"]
    options = question.options if question else ()
    return [f"answer {quoted(option.label)}" for option in options if not option.eligible]
