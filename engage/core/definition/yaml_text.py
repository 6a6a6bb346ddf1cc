"""YAML text to plain data, with unreadable files reported like every other fault."""

from collections.abc import Hashable
from typing import Any

import yaml

from engage.core.definition.faults import DefinitionError, Fault


class _StrictLoader(yaml.CSafeLoader):
    """Safe YAML that refuses a key written twice, of which YAML would silently keep the last.

    The C parser reads a questionnaire in a tenth of the time.
    """


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[Hashable] = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is written twice", key_node.start_mark
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(text: str, file: str) -> Any:
    """Plain data from YAML text; raises DefinitionError naming the file and the line."""
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506  a SafeLoader, made stricter
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the whole file"
        problem = getattr(error, "problem", None) or "it is not YAML."
        raise DefinitionError(
            [Fault(file, place, f"{problem}.", "Correct the YAML there; quote codes and colons.")]
        ) from error
