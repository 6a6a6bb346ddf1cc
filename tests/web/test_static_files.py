import gzip

from page import PageClient


def style_sheet(client: PageClient) -> str:
    client.get("/privacy")
    return next(
        link.get("href") for link in client.page.iter("link") if "govuk" in link.get("href")
    )


def test_a_style_sheet_is_sent_compressed_and_kept_for_a_year(lite_app):
    client = PageClient(lite_app)
    path = style_sheet(client)
    small = client.http.get(path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    plain = client.http.get(path, buffered=True)
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.mimetype == plain.mimetype == "text/css"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) * 3 < len(plain.data)
    assert "immutable" in small.headers["Cache-Control"]


def test_a_file_that_is_not_there_is_not_found_either_way(lite_app):
    client = lite_app.test_client()
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        assert client.get("/static/build/nothing.css", headers=headers).status_code == 404
        assert client.get("/static/build/../../run.py", headers=headers).status_code == 404
