"""The command of the analyst's bench."""

from pathlib import Path

import click

from engage.core.definition.faults import DefinitionError
from engage.core.statistics.intervals import METHODS
from engage.core.statistics.schemes import ESTIMATORS
from engage.microdata.analyse import Request, run
from engage.microdata.changes import Changes
from engage.microdata.faults import InputError
from engage.microdata.write import write_table

_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command("analyse")
@click.option("--microdata", type=_FILE, required=True, help="CSV, one row a respondent.")
@click.option(
    "--margins", type=_FILE, required=True, help="CSV: wave, margin, category, population."
)
@click.option("--indicators", type=_FILE, required=True, help="YAML, the indicators to compute.")
@click.option(
    "--out",
    type=_OUT,
    required=True,
    help="CSV to write: a row an estimate.",
)
@click.option(
    "--estimator",
    "estimators",
    type=click.Choice(list(ESTIMATORS)),
    multiple=True,
    help="Weights and variance; all unless given. Repeatable.",
)
@click.option(
    "--method",
    "methods",
    type=click.Choice(list(METHODS)),
    multiple=True,
    help="Kind of interval; all unless given. Means have only mean. Repeatable.",
)
@click.option(
    "--breakdown",
    "breakdowns",
    multiple=True,
    help="overall, a column or a margin; overall and the margins' columns unless given. "
    "Repeatable.",
)
@click.option(
    "--changes", type=_OUT, help="CSV to write: a row a comparison of the last two waves."
)
@click.option("--tests", type=_OUT, help="CSV to write: adjusted p-values and verdicts on targets.")
@click.option("--targets", type=_FILE, help="CSV: indicator, operator, value, year, source.")
@click.option("--areas", default="ward", show_default=True, help="Column of the areas below.")
@click.option("--treated", multiple=True, help="An area where something was done. Repeatable.")
@click.option("--control", multiple=True, help="An area to compare those with. Repeatable.")
@click.option("--panel", help="Column that names a respondent in every wave, if waves share any.")
@click.option("--suppress", "suppressed", is_flag=True, help="Hide what could tell on anybody.")
def analyse(
    *,
    microdata: Path,
    margins: Path,
    indicators: Path,
    out: Path,
    estimators: tuple[str, ...],
    methods: tuple[str, ...],
    breakdowns: tuple[str, ...],
    changes: Path | None,
    tests: Path | None,
    targets: Path | None,
    areas: str,
    treated: tuple[str, ...],
    control: tuple[str, ...],
    panel: str | None,
    suppressed: bool,
) -> None:
    """Analyse coded microdata from elsewhere, without cleaning, and write a tidy table.

    A margin is matched to the column of its name; where its categories are values joined by |,
    to the columns that its name is made of: age_sex is age_band and sex.

    With --changes the last two waves are compared as well: every group, the pairs and areas under
    comparisons in the indicator file, and every target. See docs/analyse.md.
    """
    compares = changes is not None or tests is not None
    if not compares and (targets or treated or control or panel):
        raise click.UsageError("Comparisons are asked for, but no --changes FILE to write them to.")
    request = Request(
        microdata=microdata,
        margins=margins,
        indicators=indicators,
        estimators=tuple(dict.fromkeys(estimators)) or tuple(ESTIMATORS),
        methods=tuple(dict.fromkeys(methods)) or tuple(METHODS),
        breakdowns=tuple(dict.fromkeys(breakdowns)),
        suppressed=suppressed,
        changes=Changes(targets, areas, treated, control, panel) if compares else None,
    )
    try:
        bench = run(request)
        write_table(bench.tidy, out)
        for table, path in ((bench.changes, changes), (bench.tests, tests)):
            if table is not None and path is not None:
                write_table(table, path)
    except (InputError, DefinitionError) as error:
        raise click.UsageError(str(error)) from error
    for note in bench.notes:
        click.echo(note, err=True)
    click.echo(f"{len(bench.tidy):,} estimates written to {out}.", err=True)
    if bench.changes is not None and changes is not None:
        click.echo(f"{len(bench.changes):,} comparisons written to {changes}.", err=True)
    if not suppressed:
        click.echo(
            "This output is not suppressed: small groups can tell on people. Keep it among "
            "analysts, or run again with --suppress.",
            err=True,
        )
