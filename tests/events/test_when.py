"""Times are London's on the page and UTC in the database, across the change of the clocks."""

from datetime import UTC, date, datetime, time

import pytest

from engage.events.when import TimeError, moment, read_time, span


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("14:30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        (" 2:30 PM ", time(14, 30)),
        ("10am", time(10)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("09:05", time(9, 5)),
    ],
)
def test_a_time_is_read_as_people_write_it(written, read):
    assert read_time(written) == read


@pytest.mark.parametrize(
    "written", ["", "10", "24:00", "13pm", "0am", "10:60", "noon", "1:5", "१०:३०"]
)
def test_what_is_no_time_is_refused(written):
    with pytest.raises(TimeError):
        read_time(written)


@pytest.mark.parametrize(
    ("day", "hour", "kept"),
    [
        (date(2026, 3, 28), 10, datetime(2026, 3, 28, 10, tzinfo=UTC)),
        (date(2026, 3, 29), 10, datetime(2026, 3, 29, 9, tzinfo=UTC)),
        (date(2026, 10, 24), 10, datetime(2026, 10, 24, 9, tzinfo=UTC)),
        (date(2026, 10, 25), 10, datetime(2026, 10, 25, 10, tzinfo=UTC)),
    ],
)
def test_ten_in_london_is_ten_in_winter_and_nine_in_summer(day, hour, kept):
    assert moment(day, time(hour)) == kept


def test_an_hour_that_is_not_there_or_comes_twice_is_refused():
    with pytest.raises(TimeError, match="go forward"):
        moment(date(2026, 3, 29), time(1, 30))
    with pytest.raises(TimeError, match="comes twice"):
        moment(date(2026, 10, 25), time(1, 30))
    assert moment(date(2026, 3, 29), time(2)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(2)) == datetime(2026, 10, 25, 2, tzinfo=UTC)


def test_a_span_over_the_change_of_the_clocks_is_told_by_londons(lite_app):
    with lite_app.test_request_context("/events"):
        starts, ends = moment(date(2026, 10, 24), time(22)), moment(date(2026, 10, 25), time(9, 30))
        said = "Saturday 24 October 2026, 10pm, to Sunday 25 October 2026, 9:30am"
        assert span(starts, ends) == said
        assert (ends - starts).total_seconds() == 12.5 * 3600
