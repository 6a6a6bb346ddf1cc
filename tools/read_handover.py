"""Read and check a package that was handed over, with nothing but Python.

    python3 read_handover.py package-1a2b3c4d.json

It says whether the file is whole (its fingerprint fits), on which terms it came, how the person may
be contacted, and what was reported. It ends with 0 if the file can be used, with 1 if it cannot.
It is for agencies that want to take packages in by a program, as an example to begin with; it
imports nothing of Engage, and sends nothing anywhere.
"""

import hashlib
import json
import sys
from pathlib import Path

FORMAT, VERSION = "engage-handover", 1
NEEDED = {
    "package": str,
    "made_on": str,
    "from": str,
    "to": dict,
    "basis": dict,
    "contact": dict,
    "evidence": list,
    "answers": list,
    "withheld": list,
    "sha256": str,
}
LEVELS = {
    "full": "full details",
    "no_contact": "details, but no contact",
    "anonymous": "anonymous information only",
}
GIVERS = {
    "victim": "the victim's wish",
    "worker": "the victim's wish, as a worker was told it",
    "other": "what whoever reported says that the victim wishes; the victim has not said so",
}


WHY = ("reason_words", "lawful_basis_words", "not_told_words")
CLASSES = {
    "incident": "what was done",
    "time": "when it was",
    "area": "the ward",
    "characteristic": "some of what tells about the person",
    "words": "some of what was written",
    "exact_place": "the exact place",
    "witness": "witnesses",
    "suspect": "who is said to have done it",
    "risk": "how much danger there is",
    "name": "names",
    "contact": "how to reach the person",
    "need": "which help they need",
    "wish": "what they wish that others do",
}


def fingerprint(package: dict) -> str:
    """SHA-256 of everything but the fingerprint: JSON in UTF-8, sorted keys, no spaces."""
    body = {name: value for name, value in package.items() if name != "sha256"}
    written = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def faults(package: object) -> list[str]:
    """Everything because of which a package cannot be used; empty if it can."""
    if not isinstance(package, dict) or package.get("format") != FORMAT:
        return [f"This is no package: its format is not {FORMAT!r}."]
    if package.get("version") != VERSION:
        return [f"It is version {package.get('version')!r}; this program reads {VERSION}."]
    found = [
        f"{name!r} is missing or is no {kind.__name__}."
        for name, kind in NEEDED.items()
        if not isinstance(package.get(name), kind)
    ]
    if not found and fingerprint(package) != package["sha256"]:
        found = ["The fingerprint does not fit: the file was changed, or did not arrive whole."]
    return found or faults_of_terms(package["basis"].get("level"), package["contact"])


def faults_of_terms(level: object, contact: dict) -> list[str]:
    """Whether the terms can be understood, and go together."""
    if level not in LEVELS:
        return [f"The level {level!r} is unknown: ask who sent it."]
    if level != "full" and contact.get("allowed") is not False:
        return ["It allows contact on terms that do not: ask who sent it."]
    return []


def told(package: dict) -> list[str]:
    """The package in lines for a person."""
    basis, contact = package["basis"], package["contact"]
    by = GIVERS.get(basis.get("giver"), "a wish; who gave it is not said")
    if basis["by"] == "override":
        heard = "was told" if basis["victim_told"] else "was NOT told"
        by = f"an override; the victim {heard}"
        if not basis["victim_told"]:
            by += " (DO NOT REVEAL THIS TO ANYBODY)"
    ends = f"from {package['from']} for {package['to']['name']}"
    lines = [
        f"Package {package['package']} {ends}, made on {package['made_on']}.",
        f"Terms: {LEVELS[basis['level']]}, by {by}.",
        *(f"  {basis[each]}" for each in WHY if each in basis),
        f"Contact: {'allowed' if contact['allowed'] else 'NOT ALLOWED'}.",
        *(f"  - {rule}" for rule in contact["rules"]),
        "",
    ]
    for answer in package["answers"]:
        lines.append(answer["question"])
        lines += [f"  {line}" for line in answer["words"]]
    lines += [
        f"Evidence: {each['kind']}, {each['size']} bytes, SHA-256 {each['sha256']}"
        for each in package["evidence"]
    ]
    lines += ["", f"Held back, whether or not it was said: {held_back(package)}."]
    return lines


def held_back(package: dict) -> str:
    """What is held back, in words; a class that this program does not know by its name."""
    return "; ".join(CLASSES.get(each, each) for each in package["withheld"])


def main() -> int:
    """Read the file that is named; 0 if it can be used."""
    if len(sys.argv) != 2:
        print("Give the file of a package: python3 read_handover.py FILE", file=sys.stderr)
        return 2
    try:
        package = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    except (OSError, ValueError) as error:
        print(f"{sys.argv[1]} cannot be read: {type(error).__name__}.", file=sys.stderr)
        return 1
    wrong = faults(package)
    for each in wrong:
        print(each, file=sys.stderr)
    if not wrong:
        print("\n".join(told(package)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
