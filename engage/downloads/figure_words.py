"""How figures are made, in plain words with the statisticians' terms in brackets."""

from collections.abc import Collection, Sequence

from engage.figures.store import StoredFigure
from engage.figures.weighting import Weighting
from engage.figures.words import weighting_in_words

ONLY_RESIDENTS = "These are figures of the people who live here."
ESTIMATORS: dict[str, str] = {
    "rake": "weighted to the residents",
    "unweighted": "everybody counts once",
}
METHODS: dict[str, str] = {
    "xlogit": (
        "The interval of a percentage reaches as far to either side on a scale that ends neither "
        "at 0% nor at 100%, so it never goes beyond them (log-odds; in the CSV file xlogit)."
    ),
    "mean": (
        "The interval of a mean reaches about two standard errors to either side (Student’s t; in "
        "the CSV file mean)."
    ),
}
RAKED = (
    "The weights are changed in turn for each of these, again and again, until those who answered "
    "add up to the residents of every group of every one (raking; in the CSV file rake)."
)
INTERVAL = (
    "If surveys like this one were held over and over, and nothing but chance made them differ, 95 "
    "of 100 such intervals would hold the true figure."
)
EXACT = (
    "Where nobody or everybody said so, the interval comes straight from the chances of such a "
    "result (exact, of Clopper and Pearson). The symbol is exact."
)
EFFECT = (
    "How much less certain the figure is because some answers count for more than others: 2 is as "
    "uncertain as half as many people who each count once."
)
EFFECTIVE = (
    "How many people who each count once would tell as much: the people who answered, divided by "
    "the design effect."
)


def notes(weighting: Weighting, methods: Collection[str]) -> list[tuple[str, str]]:
    """What the sheet of notes says: what each note is about, and the note."""
    intervals = [METHODS[name] for name in METHODS if name in methods]
    told = [("Weights", said) for said in weighting_in_words(weighting)]
    if weighting.weighted:
        told.append(("Weights", RAKED))
    told += [("What did not fit", said) for said in weighting.refused]
    told += [("Put together for the weights", said) for said in weighting.merged]
    told += [("Weights to read with care", said) for said in weighting.notes]
    return [
        *told,
        ("95% interval", INTERVAL),
        *(("95% interval", said) for said in (*intervals, EXACT)),
        ("Design effect", EFFECT),
        ("Effective base", EFFECTIVE),
    ]


def how_made(figures: Sequence[StoredFigure]) -> str:
    """In one sentence, whether these figures are weighted, and where it says how."""
    used = {figure.estimator for figure in figures}
    if used == {"unweighted"}:
        said = "Everybody counts once."
    elif "unweighted" in used:
        said = "Who lives here is weighted to the residents; everybody else counts once."
    else:
        said = "Answers are weighted to the residents."
    return f"{said} How the figures and their intervals are made is on the sheet Notes."
