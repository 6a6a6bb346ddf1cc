"""The pages of this slice, all of which `engage.pages` puts on the site."""

from engage.neighbourhoods import area_views, statistics_views

BLUEPRINTS = (area_views.blueprint, statistics_views.blueprint)
