"""Signatures on paper, typed by staff."""

from flask import Blueprint

blueprint = Blueprint("typed", __name__)
