"""The pages of this slice, all of which `engage.pages` puts on the site."""

from engage.results.views import blueprint

BLUEPRINTS = (blueprint,)
