"""Compute the leading figures of a wave from its responses, beside the published ones.

Needs Python 3.11 or newer and pandas. Run it anywhere: python scripts/headlines.py
"""

import sys
from pathlib import Path

import pandas as pd

BUNDLE = Path(__file__).resolve().parent.parent
NEAR = 1e-6


def table(name: str) -> pd.DataFrame:
    """A table of the bundle; every cell is a text, for codes such as 01 are no numbers."""
    return pd.read_csv(BUNDLE / name, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def figure(responses: pd.DataFrame, weights: pd.Series, rows: pd.DataFrame) -> float:
    """One figure: `rows` say how many points each code of each of its columns is worth.

    Who gave none of these codes is not counted. A figure of several columns is made as its kind
    says: from whether any applies, from the sum of the points, or as the mean of their figures.
    """
    worth = pd.DataFrame(
        {
            name: responses[name].map(dict(zip(some["code"], some["points"], strict=True)))
            for name, some in rows.groupby("variable", sort=False)
        }
    ).astype(float)
    kind, threshold = rows["kind"].iloc[0], rows["threshold"].iloc[0]
    if kind == "any":
        worth = worth.max(axis=1, skipna=False).to_frame()
    elif kind in {"sum_mean", "sum_threshold"}:
        worth = worth.sum(axis=1, skipna=False).to_frame()
    if kind == "sum_threshold":
        worth = worth.ge(float(threshold)).astype(float).where(worth.notna())
    bases = worth.notna().mul(weights, axis=0).sum()
    return float((worth.mul(weights, axis=0).sum() / bases).mean())


def main() -> int:
    """Print every leading figure twice; 1 if one of them does not come out, otherwise 0."""
    responses, headlines = table("responses/responses.csv"), table("scripts/headlines.csv")
    weights = responses["response_weight"].astype(float)
    headlines["points"] = headlines["points"].astype(float)
    missed = 0
    for name, rows in headlines.groupby("indicator", sort=False):
        found, published = figure(responses, weights, rows), float(rows["published"].iloc[0])
        print(f"{name}: {found:.6f}, published {published:.6f} ({rows['title'].iloc[0]})")
        missed += abs(found - published) > NEAR
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
