"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.coding import frame_views, quote_views, table_views, text_views, views

BLUEPRINTS: tuple[Blueprint, ...] = (
    views.blueprint,
    text_views.blueprint,
    frame_views.blueprint,
    table_views.blueprint,
    quote_views.blueprint,
)
