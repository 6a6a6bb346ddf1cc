"""Files as other programs write them: read alike, or refused by name and line."""

import pytest

FILES = ("microdata", "margins")


def rewrite(path, change):
    path.write_bytes(change(path.read_bytes()))


def figures(bench):
    result = bench.run("--estimator", "rake", "--method", "mean")
    assert result.exit_code == 0, result.stderr
    return bench.out.read_text("utf-8")


def header(data):
    return data.split(b"\n")[0]


def blank(data, line=b""):
    """Three lines of nothing after the header, one in between and one at the end."""
    head, first, rest = data.split(b"\n", 2)
    return b"\n".join([head, line, line, line, first, line, rest]) + line + b"\n"


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data.rstrip(b"\n"),
        blank,
        lambda data: blank(data, b"  "),
        lambda data: blank(data, b"," * header(data).count(b",")),
        lambda data: data.replace(b",N,", b',"N",'),
        lambda data: b'"' + data.replace(b",", b'","').replace(b"\n", b'"\n"')[:-1],
        lambda data: data.replace(b"wave,", b" wave ,", 1),
    ],
    ids=["mark", "crlf", "cr", "no end", "empty", "spaces", "commas", "quote", "quotes", "header"],
)
def test_the_same_table_written_otherwise_gives_the_same_figures(bench, file, change):
    before = figures(bench)
    data = getattr(bench, file).read_bytes()
    rewrite(getattr(bench, file), change)
    assert getattr(bench, file).read_bytes() != data
    assert figures(bench) == before


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data + header(data) + b"\n", "the header is there a second time"),
        (lambda data: data.replace(b",", b";"), "look separated by semicolons"),
        (lambda data: data.replace(b",", b"\t"), "look separated by tabs"),
        (lambda data: data.replace(b",N,", ",Nørre,".encode("latin-1")), "is not UTF-8"),
        (lambda data: data.decode().encode("utf-16"), "is not UTF-8"),
        (lambda data: data.replace(b",N,", b",\0,", 1), "(NUL). Save the file anew"),
        (lambda data: data + b'"1,2\n', "is not a table"),
        (lambda _data: b"\n\n", "is empty. Give a CSV file with a header line"),
    ],
)
def test_what_cannot_be_read_is_named(bench, file, change, said):
    rewrite(getattr(bench, file), change)
    result = bench.run()
    assert result.exit_code == 2
    assert f"{file}.csv" in result.stderr
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("microdata", b"\n3,1,N,16-39,F,1,", b"\n3,1,N,16-39,F,x,", "line 8: design_weight is 'x'"),
        ("microdata", b"\n3,1,N,", b"\n3,,N,", "line 8: wave is empty"),
        ("microdata", b"\n3,1,N,", b"\n2,1,N,", "line 8: the id '2' is in wave 1 before"),
        ("microdata", b"\n3,1,N,16-39,F,1,2", b"\n3,1,N,16-39,F,1,7", "Line 8 of the microdata"),
        ("microdata", b"\n3,1,N,", b"\n3,1,1,N,", "line 8: there are 9 cells"),
        ("margins", b"16-39|F,250", b"16-39|F,many", "line 8: population is 'many'"),
        ("margins", b"16-39|F,250", b",250", "line 8: a cell is empty"),
    ],
)
def test_lines_are_those_of_the_file_however_many_are_empty(bench, file, old, new, said):
    path = getattr(bench, file)
    assert old in path.read_bytes()
    rewrite(path, lambda data: blank(data.replace(old, new, 1)))
    assert said in " ".join(bench.run().stderr.split())
