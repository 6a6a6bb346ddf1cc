"""The pages of this slice, all of which `engage.pages` puts on the site."""

from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = ()
