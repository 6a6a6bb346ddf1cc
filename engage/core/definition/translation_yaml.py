"""A translation as the text of its file, in the form that the house writes by hand."""

import yaml

from engage.core.definition.translation import Translation


class _Dumper(yaml.SafeDumper):
    """Safe YAML with a block for each text of several lines."""


class _Quoted(str):
    """A text that is always quoted: eight figures are a number to YAML."""

    __slots__ = ()


def _block(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _quoted(dumper: _Dumper, text: _Quoted) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


_Dumper.add_representer(str, _block)
_Dumper.add_representer(_Quoted, _quoted)


def yaml_of(translation: Translation) -> str:
    """The file of a translation."""
    data = {
        "questionnaire": translation.questionnaire,
        "version": translation.version,
        "language": translation.language,
        "reviewed": translation.reviewed,
        "texts": {
            key: {"of": _Quoted(made.of), "text": made.text}
            for key, made in translation.texts.items()
        },
    }
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=96)
