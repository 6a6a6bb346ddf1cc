import stat

import pandas as pd
import pytest

from engage.microdata.faults import InputError
from engage.microdata.write import write_table


def test_a_table_is_whole_and_alone(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("before", "utf-8")
    tidy = pd.DataFrame({"estimate": [0.1 + 0.2, None], "base": pd.array([3, None], "Int64")})
    write_table(tidy, path)
    assert path.read_text("utf-8") == "estimate,base\n0.30000000000000004,3\n,\n"
    assert list(tmp_path.iterdir()) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    place = tmp_path / "folder"
    place.mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_table(pd.DataFrame({"a": [1]}), place)
    assert list(tmp_path.iterdir()) == [place]
