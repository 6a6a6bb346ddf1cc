"""The pages of this slice, all of which `engage.pages` puts on the site."""

from engage.publishing import steps, views

BLUEPRINTS = (views.blueprint, steps.blueprint)
