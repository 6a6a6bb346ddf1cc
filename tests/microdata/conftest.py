"""Two small invented waves with margins that fit them."""

import itertools
from types import SimpleNamespace

import pandas as pd
import pytest
from click.testing import CliRunner

from engage.microdata.commands import analyse

INDICATORS = """
indicators:
  - id: safe
    name: Feels safe
    kind: proportion
    variable: q_safe
    numerator: ["1"]
    base: ["1", "2"]
    outside: ["9"]
    better: higher
  - id: victim
    name: Was a victim of crime
    kind: proportion
    variable: q_victim
    numerator: ["1"]
    base: ["1", "2"]
    better: lower
    sensitive: true
  - id: score
    name: Score
    kind: mean
    variable: q_safe
    scores: {"1": 5, "2": 1}
    better: higher
"""


def microdata():
    places = itertools.product("12", ("N", "S"), ("16-39", "40+"), ("F", "M"), range(20))
    rows = [
        {
            "id": number,
            "wave": wave,
            "ward": ward,
            "age_band": age,
            "sex": sex,
            "design_weight": 1 + number % 3,
            "q_safe": "129"[(number * 7 // 3) % 3],
            "q_victim": "1" if number % 40 == 0 else "2",
        }
        for number, (wave, ward, age, sex, _copy) in enumerate(places, 1)
    ]
    return pd.DataFrame(rows).astype(str)


def margins():
    shares = {
        "ward": {"N": 600, "S": 400},
        "age_sex": {"16-39|F": 250, "16-39|M": 240, "40+|F": 260, "40+|M": 250},
    }
    rows = [
        {"wave": wave, "margin": margin, "category": category, "population": str(population)}
        for wave in "12"
        for margin, categories in shares.items()
        for category, population in categories.items()
    ]
    return pd.DataFrame(rows)


@pytest.fixture
def bench(tmp_path):
    """The files of a good request, which a test may spoil, and `run` to put it to the command."""
    files = {
        name: tmp_path / f"{name}.{kind}"
        for name, kind in (("microdata", "csv"), ("margins", "csv"), ("indicators", "yaml"))
    }
    out = tmp_path / "out.csv"

    def run(*extra):
        options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
        return CliRunner().invoke(analyse, [*options, "--out", str(out), *extra])

    microdata().to_csv(files["microdata"], index=False)
    margins().to_csv(files["margins"], index=False)
    files["indicators"].write_text(INDICATORS, "utf-8")

    def tidy():
        return pd.read_csv(out, dtype=str, keep_default_na=False)

    return SimpleNamespace(**files, out=out, run=run, tidy=tidy, folder=tmp_path)
