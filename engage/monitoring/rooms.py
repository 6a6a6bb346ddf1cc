"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.monitoring import review_views, views

BLUEPRINTS: tuple[Blueprint, ...] = (views.blueprint, review_views.blueprint)
