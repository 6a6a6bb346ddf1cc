"""Questionnaires that nobody wrote, sound or not, and people who answer them anyhow."""

from collections.abc import Iterator
from random import Random

from engage.core.definition.kinds import LIST_KINDS, NUMBER_KINDS, TEXT_KINDS, Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section
from engage.core.definition.routing import Answer, broken, demanded, reachable

AGE = {
    "id": "age",
    "kind": "single",
    "text": "How old are you?",
    "required": True,
    "options": [
        {"code": "0", "label": "Under 16", "age": [0, 15], "eligible": False},
        {"code": "1", "label": "16 to 64", "age": [16, 64]},
        {"code": "2", "label": "65 or over", "age": [65, None]},
    ],
}
BOUNDS = {
    "number": [0, 1, 2, 4],
    "date": ["2026-02-28", "2026-03-01", "2026-03-03"],
    "month": ["2025-12", "2026-01", "2026-03"],
    "calculated": [0, 1, 2, 4, 5],
}
NONSENSE = 0.005
"""How often a rule says what cannot be."""
KINDS = ("single", "multiple", "ranking", "number", "text", "date", "month", "consent")


def made(random: Random, pages: int = 3) -> dict:
    """A questionnaire as plain data: it has the right shape, and may be nonsense."""
    sections, there = [{"id": "you", "title": "You", "questions": [AGE]}], [AGE]
    worked_out: list[dict] = []
    if random.random() < 0.2:
        sections.insert(0, {"id": "hello", "title": "Hello", "text": "Words before the first."})
    for page in range(pages):
        sections += _pages(random, page, there)
        if random.random() < 0.4:
            worked_out.append(_calculated(random, f"made{page}", there))
            there.append({"id": f"made{page}", "kind": "calculated"})
    return {
        **({"calculated": worked_out} if worked_out else {}),
        "id": "made", "version": 1, "title": "Made", "audience": "anyone", "minutes": 2,
        "start": "Hello.", "thanks": "Thank you.", "ineligible": "Sorry.", "roles": {"age": "age"},
        "sections": sections,
    }  # fmt: skip


def _pages(random: Random, page: int, there: list[dict]) -> Iterator[dict]:
    """A page of questions, which are added to those that are there, or one of information too."""
    before = list(there)
    if random.random() < 0.2:
        opens = {"show_if": _rule(random, before)} if random.random() < 0.6 else {}
        yield {"id": f"told{page}", "title": "Told", "text": "Nothing is asked."} | opens
    questions = []
    for number in range(random.randint(1, 2)):
        questions.append(_question(random, f"q{page}{number}"))
        if random.random() < 0.4:
            questions[-1]["show_if"] = _rule(random, before)
        if _can_refuse(questions[-1]) and random.random() < 0.5:
            questions[-1]["required_if"] = _rule(random, there, 1)
            questions[-1].pop("required", None)
        _say(random, questions[-1], "text", before)
        there.append(questions[-1])
    rules = []
    if random.random() < 0.2:
        parts = [_question(random, f"part{page}{each}", "number") for each in "ab"]
        rules.append(_total(random, parts, before))
        questions += parts
        there += parts
    made = {"id": f"page{page}", "title": f"Page {page}", "questions": questions}
    if random.random() < 0.3:
        made["show_if"] = _rule(random, before)
    _say(random, made, "title", before)
    if random.random() < 0.4:
        rules.append(_between(random, there, questions))
        _pipe(random, rules[-1], "message", before)
    yield made | ({"rules": rules} if rules else {})


def _can_refuse(question: dict) -> bool:
    return any(each.get("means") == "refused" for each in question.get("options", []))


def _say(random: Random, item: dict, text: str, before: list[dict]) -> None:
    """Let what people read not be the same for everybody, now and then."""
    _pipe(random, item, text, before)
    if random.random() < 0.12:
        item["texts"] = [{"when": _rule(random, before, 1), text: "In other words"}]
        _pipe(random, item["texts"][0], text, before)


def _pipe(random: Random, item: dict, text: str, before: list[dict]) -> None:
    """Give a text a place for an earlier answer, now and then."""
    if random.random() < 0.3:
        asked = [each["id"] for each in before if each["kind"] not in {"calculated", "consent"}]
        named = "nobody" if random.random() < NONSENSE else random.choice(asked)
        item[text] += f" {{{named}|that}}"


def _total(random: Random, parts: list[dict], before: list[dict]) -> dict:
    """A rule that two numbers must add up to one, or to what was answered before."""
    ids = [each["id"] for each in parts]
    numbers = [each["id"] for each in before if each["kind"] in {"number", "calculated"}]
    amount = random.choice([3, 4, 7, {"question": random.choice(numbers)}] if numbers else [3, 5])
    sign = random.choice(["is", "at_least", "at_most"])
    return {"wrong_unless": {"total": ids, sign: amount}, "message": "Add up.", "at": ids[0]}


def _question(random: Random, name: str, kind: str = "") -> dict:
    kind = kind or random.choice(KINDS)
    question = {"id": name, "kind": kind, "text": f"What about {name}?"}
    if kind in {"single", "multiple", "ranking"}:
        question["options"] = [{"code": each, "label": f"Label {each}"} for each in "123"]
        if kind != "ranking" and random.random() < 0.5:
            question["options"][0]["means"] = random.choice(["refused", "none_of_these"])
        if kind == "single" and random.random() < 0.4:
            question["options"][-1]["eligible"] = False
            question["required"] = random.random() < 0.5
    if kind == "consent":
        question["required"] = random.random() < 0.5
    if kind == "number":
        question |= {"minimum": 1, "maximum": random.randint(1, 4)}
    if kind == "date":
        question |= {"earliest": "2026-02-27", "latest": "2026-03-02"}
    if kind == "month":
        question |= {"earliest": "2025-12", "latest": "2026-02"}
    return question


def _rule(random: Random, asked: list[dict], deep: int = 2) -> dict:
    if deep and random.random() < 0.4:
        parts = [_rule(random, asked, deep - 1) for _ in range(random.randint(1, 3))]
        return random.choice([{"all": parts}, {"any": parts}, {"not": parts[0]}])
    about = random.choice(asked)
    some = random.sample([each["code"] for each in about.get("options", [])] or ["1"], 1)
    at = random.choice(BOUNDS.get(about["kind"], [1]))
    if random.random() < NONSENSE:
        about, some, at = AGE, ["4"], 7
    rules = [{"answered": True}]
    if about["kind"] in BOUNDS or at == 7:
        rules += [{"at_least": at}, {"at_most": at}, {"equals": at}]
        rules += _comparisons(random, about, asked)
    else:
        coded = about["kind"] != "text"
        rules += [{"in": some}, {"none_of": some}] if coded else []
    return {"question": about["id"], **random.choice(rules)}


def _comparisons(random: Random, about: dict, asked: list[dict]) -> list[dict]:
    """Ways to compare a number with another of its sort, if there is one."""
    sort = {"calculated": "number"}
    kind = sort.get(about["kind"], about["kind"])
    others = [
        each["id"]
        for each in asked
        if sort.get(each["kind"], each["kind"]) == kind and each["id"] != about["id"]
    ]
    if not others:
        return []
    other = {"question": random.choice(others)}
    signs = ("at_least", "at_most", "more_than", "less_than", "equals")
    return [{sign: other} for sign in signs] + [{"at_least": 2, "less_than": other}]


def _calculated(random: Random, name: str, asked: list[dict]) -> dict:
    """A number worked out from questions before."""
    made = {"id": name, "title": f"Worked out as {name}"}
    numbers = [each["id"] for each in asked if each["kind"] == "number"]
    chosen = [each["id"] for each in asked if each["kind"] in {"single", "multiple"}][1:]
    if numbers and random.random() < 0.4:
        return made | {"sum": numbers}
    if chosen and random.random() < 0.6:
        return made | {"count": {"questions": chosen, "of": list(random.choice(["12", "1"]))}}
    cases = [{"if": _rule(random, asked, 1), "value": value} for value in (1, 4)]
    return made | {"when": cases[: random.randint(1, 2)]} | random.choice([{}, {"otherwise": 0}])


def _between(random: Random, asked: list[dict], here: list[dict]) -> dict:
    """A rule between questions, which may catch people."""
    free = [each for each in here if not each.get("required") and "required_if" not in each]
    at, wrong = random.choice(free or here)["id"], _rule(random, asked)
    if random.random() < 0.9:
        wrong = {"all": [{"question": at, "answered": True}, wrong]}
    return {"wrong_if": wrong, "message": f"Look at {at} again.", "at": at}


def answer_to(question: Question, random: Random) -> Answer | None:
    """Some answer after which the survey goes on, or none if the question can be skipped."""
    return random.choice(answers_to(question))


def answers_to(question: Question) -> list[Answer | None]:
    """Every answer that a made question can get; a text is always the same."""
    nothing = [] if question.required else [None]
    codes = [option.code for option in question.options if option.eligible]
    if question.kind in LIST_KINDS:
        alone = [option.code for option in question.options if option.means]
        rest = [code for code in codes if code not in alone]
        sets = [
            tuple(code for place, code in enumerate(rest) if bits >> place & 1)
            for bits in range(1, 2 ** len(rest))
        ]
        return [*nothing, *sets, *((code,) for code in alone)]
    if question.kind in NUMBER_KINDS:
        return [*nothing, *_numbers(question)]
    return [*nothing, *(["Some words"] if question.kind in TEXT_KINDS else codes)]


def _numbers(question: Question) -> list[int]:
    if question.kind is Kind.DATE:
        return [20260227, 20260228, 20260301, 20260302]
    if question.kind is Kind.MONTH:
        return [202512, 202601, 202602]
    return list(range(question.minimum, question.maximum + 1))


def fields_of(question: Question, answer: Answer | None) -> dict[str, object]:
    """What a browser sends for an answer."""
    name = f"q_{question.id}"
    if answer is None:
        return {}
    if question.kind is Kind.RANKING:
        return {f"{name}-{code}": str(place) for place, code in enumerate(answer, 1)}
    if question.kind in {Kind.DATE, Kind.MONTH}:
        year, month, day = (answer // 10_000, answer // 100 % 100, answer % 100)
        if question.kind is Kind.MONTH:
            year, month, day = answer // 100, answer % 100, None
        parts = {"day": day, "month": month, "year": year}
        return {f"{name}-{part}": str(value) for part, value in parts.items() if value}
    return {name: list(answer) if isinstance(answer, tuple) else str(answer)}


def put_right(
    definition: Definition, section: Section, answers: dict[str, Answer], random: Random
) -> list[str]:
    """Do what the page asks for until nothing on it is wrong; what it said each time."""
    told = []
    while True:
        kept = reachable(definition, answers)
        wrong = next(broken(section, kept), None)
        gap = next((q for q in section.questions if demanded(q, kept) and q.id not in kept), None)
        if wrong:
            told.append("a rule was broken")
            for name in wrong.leaves:
                answers.pop(name, None)
        elif gap:
            told.append("an answer was required")
            answers[gap.id] = next(filter(None, random.sample(answers_to(gap), 2)))
        else:
            return told
