"""A site with a real mail server, for what is mailed about accounts."""

from dataclasses import replace

import pytest
from conftest import running
from postbox import Postbox


@pytest.fixture
def posted():
    with Postbox() as box:
        yield box


@pytest.fixture
def site(sqlite_url, tmp_path, posted, clock):
    with running(tmp_path, sqlite_url) as app:
        app.extensions["settings"] = replace(
            app.extensions["settings"], smtp_url=posted.url, mail_from="surveys@testham.example"
        )
        yield app
