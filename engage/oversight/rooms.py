"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.oversight import approvals_views, views

BLUEPRINTS: tuple[Blueprint, ...] = (views.blueprint, approvals_views.blueprint)
