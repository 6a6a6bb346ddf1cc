"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.opening import gate_views, preview_views, version_views

BLUEPRINTS: tuple[Blueprint, ...] = (
    version_views.blueprint,
    preview_views.blueprint,
    gate_views.blueprint,
)
