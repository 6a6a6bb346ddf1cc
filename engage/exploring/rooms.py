"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.exploring import views

BLUEPRINTS: tuple[Blueprint, ...] = (views.blueprint,)
