"""Every wave of the demonstration, by its number."""

import pytest

from engage.demo.plan import WAVES


@pytest.fixture(params=range(len(WAVES)), ids=lambda at: f"{WAVES[at].questionnaire}-{at}")
def number(request):
    return request.param
