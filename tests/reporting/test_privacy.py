"""What the page about privacy says of reports: the months of this site, in plain words."""

from dataclasses import replace

from page import PageClient
from reading import reading_age, sentences

from engage.core.reporting.policy import Retention

AGE = 9


def reports_on(client: PageClient) -> list[str]:
    """The paragraphs under the heading about reports."""
    column = next(
        each for each in client.page.iter() if each.find("./*[@id='reports']") is not None
    )
    lines = list(column)
    start = next(at for at, each in enumerate(lines) if each.get("id") == "reports") + 1
    end = next(at for at in range(start, len(lines)) if lines[at].tag.endswith("h2"))
    return [" ".join("".join(each.itertext()).split()) for each in lines[start:end]]


def test_it_says_who_reads_a_report_and_for_how_many_months_it_is_kept(lite_app):
    settings = lite_app.extensions["settings"]
    own = replace(settings.reporting, retention=Retention(7, 31, 67, 19))
    lite_app.extensions["settings"] = replace(settings, reporting=own)
    said = reports_on(PageClient(lite_app).get("/privacy"))
    told = " ".join(said)
    for words in (
        "Only our caseworkers", "an hour after you last saved", "7 months after we close",
        "After 31 months we delete the words", "After 67 months all the rest",
        "19 months after it came", "but not your name", "under 18", "your code",
    ):  # fmt: skip
        assert words in told, words
    assert reading_age([line for each in said for line in sentences(each)]) <= AGE
