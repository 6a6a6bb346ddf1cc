"""What would cost every test the same again, done once or made light.

Each test has an application of its own. Templates and addresses of pages are compiled once for all
of them; passwords and codes are hashed by the same algorithm, with less work. What ships is seen to
by `tests/accounts/test_passwords.py`.
"""

import hashlib
import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pandas as pd
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from engage.accounts import passwords
from engage.answering import code_words
from engage.core.definition import load
from engage.core.definition.model import Definition
from engage.figures import refresh
from engage.figures.calculate import Outcome
from engage.figures.inputs import Inputs
from engage.figures.used import digest_of, home_of
from engage.seals import stretch

SHIPPED_PASSWORDS = passwords._hasher  # noqa: SLF001  there is no other way to it
SHIPPED_CODES = (code_words.PASSES, code_words.MEMORY)
SHIPPED_STRETCH = (stretch.PASSES, stretch.MEMORY)
LIGHT = 2048
"""KiB; with one pass, a hundredth of what ships."""
READ = ("_parts", "_trace", "_converters", "arguments")
"""What the address of a page is read into."""
BUILT = ("_build", "_build_unknown")
"""How it is put together again; each is bound to its rule."""


class InMemory(BytecodeCache):
    """Keeps the byte code of templates by their name and a checksum of their source."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get(bucket.key + bucket.checksum)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


def compile_once() -> None:
    """Let every application of this process share its templates and the addresses of its pages."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": InMemory()}
    made: dict[tuple[Any, ...], tuple[dict[str, Any], dict[str, Any]]] = {}
    compiled = Rule.compile

    def compile_rule(rule: Rule) -> None:
        """What takes most of making an application: reading the address of each page."""
        domain = rule.host if rule.map.host_matching else rule.subdomain
        converters = tuple(rule.map.converters.items())
        key = (rule.rule, domain, rule.merge_slashes, repr(rule.defaults), converters)
        if key not in made:
            compiled(rule)
            read = {name: getattr(rule, name) for name in READ}
            made[key] = (read, {name: getattr(rule, name).__func__ for name in BUILT})
        read, built = made[key]
        rule.__dict__.update(read | {name: each.__get__(rule) for name, each in built.items()})

    Rule.compile = compile_rule


def read_once() -> None:
    """Read definitions of the same content once, which takes 0.1 s; each asker gets a copy."""
    made: dict[str, Definition] = {}
    parse = load.parse_definition

    def parse_definition(data: Any, file: str, *, checked: bool = True) -> Definition:
        key = f"{checked} {data!r}"
        if key not in made:
            made[key] = parse(data, file, checked=checked)
        return replace(made[key])  # without what was worked out from it

    for module in [each for each in sys.modules.values() if hasattr(each, "parse_definition")]:
        module.parse_definition = parse_definition  # type: ignore[attr-defined]  # looked for above


def calculate_once() -> None:
    """Work out the figures of the same answers once; they are asked for by many tests of pages.

    The tests of figures themselves work each out, and so does whoever calls `calculate`.
    """
    made: dict[bytes, Outcome] = {}
    worked_out = refresh.calculate

    def calculate(given: Inputs) -> Outcome:
        if os.environ.get("PYTEST_CURRENT_TEST", "").startswith("tests/figures/"):
            return worked_out(given)
        key = _key_of(given)
        if key not in made or made[key].marked:  # marks are told by the random numbers of today
            made[key] = found = worked_out(given)
        else:  # of whom they are is told by those numbers too
            flow = replace(made[key].flow, people=digest_of(home_of(given)[0]))
            found = replace(made[key], flow=flow)
        return replace(found, tidy=found.tidy.copy())

    refresh.calculate = calculate


def _key_of(given: Inputs) -> bytes:
    """What stands for the answers in whatever order, without their random numbers, and the rest."""
    table = given.table.drop(columns="@id")
    rows = sorted(pd.util.hash_pandas_object(table.astype(str), index=False))
    definition = replace(given.definition)  # without what was worked out from it
    rest = replace(given, table=None, definition=definition)
    return hashlib.sha256(pickle.dumps((rows, list(table.columns), rest))).digest()


def hash_lightly() -> None:
    """Hash passwords and codes in a thousandth of a second."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=LIGHT, parallelism=1)  # noqa: SLF001
    code_words.PASSES, code_words.MEMORY = 1, LIGHT
    stretch.PASSES, stretch.MEMORY = 1, LIGHT


@contextmanager
def hashing_as_shipped() -> Iterator[None]:
    """Hash passwords with all the work that they are hashed with outside of tests."""
    light, passwords._hasher = passwords._hasher, SHIPPED_PASSWORDS  # noqa: SLF001
    yield
    passwords._hasher = light  # noqa: SLF001
