"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

from engage.followup import public, publication, views

BLUEPRINTS: tuple[Blueprint, ...] = (
    views.blueprint,
    publication.blueprint,
    public.blueprint,
)
