"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.people import emergency_views, invite_views, step_views, views

BLUEPRINTS: tuple[Blueprint, ...] = (
    views.blueprint,
    invite_views.blueprint,
    step_views.blueprint,
    emergency_views.blueprint,
)
