"""A language that nobody speaks: every text of the interface in ⟦⟧, every one of a survey in ⟪⟫.

What stands on a page outside both was written into it, where no translator can reach it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from survey import DEFINITIONS

from engage.core.definition.texts import texts_of
from engage.core.definition.translation import mark_of
from engage.core.definition.yaml_text import read_yaml
from engage.web.language import Language
from tools.translations import english

PSEUDO = Language("eo", "⟦Pseudo⟧", direction="rtl", reviewed=True)
"""The code of a language that Babel has dates and plurals for, and that the site does not offer."""
OPENS, CLOSES = "⟦⟪", "⟧⟫"
SHOWN_ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "content")
LETTERS = re.compile(r"[^\W\d_]+")
SILENT = {"script", "style"}


def write_catalogue(folder: Path) -> None:
    """The texts of the interface as they are in the templates and the code now, in ⟦⟧."""
    made = Catalog(locale=PSEUDO.tag, fuzzy=False)
    for message in english():
        if message.id:
            several = isinstance(message.id, tuple)
            said = tuple(f"⟦{each}⟧" for each in message.id) if several else f"⟦{message.id}⟧"
            made.add(message.id, said, context=message.context)
    file = folder / PSEUDO.tag / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, made)


def write_definitions(folder: Path, code: str = PSEUDO.code) -> list[Path]:
    """Every questionnaire of the tests with its words in ⟪⟫ as its words in a language."""
    files = []
    for source in sorted(DEFINITIONS.glob("*/v1.yaml")):
        raw = read_yaml(source.read_text("utf-8"), str(source))
        texts = {
            key: {"of": mark_of(text), "text": f"⟪{text}⟫"} for key, text in texts_of(raw).items()
        }
        made = {
            "questionnaire": raw["id"],
            "version": 1,
            "language": code,
            "reviewed": True,
            "texts": texts,
        }
        file = folder / raw["id"] / "v1.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(source.read_text("utf-8"), "utf-8")
        file.with_name(f"v1.{code}.yaml").write_text(json.dumps(made), "utf-8")
        files.append(file)
    return files


def untranslated(page: Element, allowed: list[str] | tuple[str, ...] = ()) -> list[str]:
    """What a reader sees or hears on a page that is in neither kind of brackets.

    `allowed` are names and other words that are the same in every language.
    """
    assert page.get("lang") == PSEUDO.tag, f"the page is in {page.get('lang')!r}"
    found = [" ".join(_outside("".join(_texts(page, PSEUDO.tag))))]
    for element in page.iter():
        for name, value in element.attrib.items():
            if name in SHOWN_ATTRIBUTES and element.tag != "meta":
                found += _outside(value)
            elif name.startswith("data-i18n"):
                found += _outside(re.sub(r"%\{\w+\}", "", value))
    return _words("\n".join(found), allowed)


def in_english(text: str, allowed: list[str] | tuple[str, ...] = ()) -> list[str]:
    """The words of a message that are in neither kind of brackets, without its links."""
    return _words("\n".join(_outside(re.sub(r"https?://\S+", "", text))), allowed)


def _words(left: str, allowed: list[str] | tuple[str, ...]) -> list[str]:
    for words in sorted(allowed, key=len, reverse=True):
        left = left.replace(words, " ")
    return LETTERS.findall(left)


def _texts(element: Element, tag: str) -> Iterator[str]:
    """The words in an element, without those of another language, and numbers and addresses."""
    if element.tag in SILENT or element.get("lang", tag) != tag or element.get("dir") == "ltr":
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, tag)
        yield child.tail or ""


def _outside(text: str) -> list[str]:
    """The stretches of a text that no bracket holds."""
    deep, held = 0, [""]
    for character in text:
        if character in OPENS:
            deep += 1
            held.append("")
        elif character in CLOSES:
            deep -= 1
            assert deep >= 0, f"a bracket closes that never opened: {text[:300]!r}"
        elif not deep:
            held[-1] += character
    assert not deep, f"a bracket stays open: {text[-300:]!r}"
    return held
