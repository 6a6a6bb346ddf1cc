"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.charting import treated_views, views

BLUEPRINTS: tuple[Blueprint, ...] = (views.blueprint, treated_views.blueprint)
