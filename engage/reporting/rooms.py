"""The pages of reporting, all of which `engage.app` puts on the site."""

from engage.reporting import (
    back,
    evidence,
    pages,
    reaching,
    receipt,
    sending,
    staying,
    talk,
    views,
    wishing,
)  # fmt: skip

BLUEPRINTS = (
    views.blueprint,
    pages.blueprint,
    staying.blueprint,
    sending.blueprint,
    receipt.blueprint,
    back.blueprint,
    talk.blueprint,
    wishing.blueprint,
    reaching.blueprint,
    evidence.blueprint,
)
