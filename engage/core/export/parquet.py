"""Responses as Parquet: codes as texts that occur over and over, numbers as numbers."""

from collections.abc import Mapping
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from engage.core.export.about import About
from engage.core.export.codebook import Column
from engage.core.export.responses import ResponsesFile
from engage.core.export.spans import Progress, spans, untold


def write_parquet(
    out: BinaryIO, file: ResponsesFile, about: About, told: Progress = untold
) -> None:
    """Write the responses with the codes of the CSV; each column's label is in its metadata."""
    fields = [_field(each, file.table[each.name]) for each in file.columns]
    schema = pa.schema(fields, metadata=origin(about))
    ready = {each.name: _categories(each, file.table[each.name]) for each in file.columns}
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for span in spans(len(file.table), told):
            columns = [
                _part(file.table[each.name].iloc[span], ready[each.name]) for each in file.columns
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def write_rows(
    out: BinaryIO, columns: Mapping[str, tuple[str, str]], table: pd.DataFrame, about: About
) -> None:
    """Write a small table whose columns are `string`, `double` or `integer`, with what they are."""
    kinds = {"double": pa.float64(), "integer": pa.int64()}
    schema = pa.schema(
        [
            pa.field(name, kinds.get(kind, pa.string()), metadata={"label": said})
            for name, (kind, said) in columns.items()
        ],
        metadata=origin(about),
    )
    arrays = [pa.array(table[each.name], type=each.type, from_pandas=True) for each in schema]
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        writer.write_table(pa.table(arrays, schema=schema))


def origin(about: About) -> dict[str, str]:
    """The metadata that a file carries."""
    return {"origin": "\n".join(about.lines())}


def _field(column: Column, values: pd.Series) -> pa.Field:
    coded = isinstance(values.dtype, pd.CategoricalDtype)
    kind = pa.dictionary(pa.int16(), pa.string()) if coded else pa.float64()
    return pa.field(column.heading, kind, metadata={"label": column.label})


def _categories(column: Column, values: pd.Series) -> pa.Array | None:
    if not isinstance(values.dtype, pd.CategoricalDtype):
        return None
    return pa.array([str(column.written(str(code))) for code in values.cat.categories], pa.string())


def _part(values: pd.Series, categories: pa.Array | None) -> pa.Array:
    if categories is None:
        return pa.array(values.to_numpy(), pa.float64(), from_pandas=True)
    codes = values.cat.codes.to_numpy()
    places = pa.array(codes, pa.int16(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, categories)
