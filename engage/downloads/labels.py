"""What the codes in the tidy files mean, by column; those of groups by breakdown."""

from collections.abc import Mapping

from engage.core.export.metadata import Labels
from engage.core.indicators.reasons import NO_CHANGE, NO_VERDICT
from engage.core.statistics.target import Operator
from engage.downloads.content import Content
from engage.downloads.figure_words import ESTIMATORS, METHODS

OPERATORS: dict[str, str] = {
    Operator.AT_LEAST.value: "at least",
    Operator.AT_MOST.value: "at most",
    Operator.HOLD.value: "that or better",
}


def figure_labels(content: Content) -> Labels:
    """What the codes among the figures mean."""
    used = {figure.estimator for figure in content.figures}
    return {
        **_places(content),
        "estimator": {name: ESTIMATORS[name] for name in sorted(used)},
        "method": METHODS,
    }


def change_labels(content: Content) -> Labels:
    """What the codes among the changes mean."""
    return {
        **_places(content),
        "reason": {each.value: said for each, said in NO_CHANGE.items()},
    }


def target_labels(content: Content) -> Labels:
    """What the codes among the verdicts on targets mean."""
    return {
        **_places(content),
        "operator": OPERATORS,
        "reason": {each.value: said for each, said in NO_VERDICT.items()},
    }


def _places(content: Content) -> dict[str, Mapping[str, str | Mapping[str, str]]]:
    """The names of indicators, breakdowns and groups that there are figures or targets for."""
    told = content.told
    groups: dict[str, dict[str, str]] = {name: {} for name in content.titles}
    for (_name, breakdown, group), held in told.verdicts.items():
        groups[breakdown][group] = held[0].label
    for (_name, breakdown, group), figure in told.figures.items():
        groups[breakdown][group] = figure.label
    counted = dict.fromkeys(key[0] for key in (*told.figures, *told.verdicts))
    return {
        "indicator": {name: content.name(name) for name in counted},
        "breakdown": content.titles,
        "group": groups,
    }
