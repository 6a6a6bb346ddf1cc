"""The pages of this slice, all of which `engage.pages` puts on the site."""

from engage.results import files, views

BLUEPRINTS = (views.blueprint, files.blueprint)
