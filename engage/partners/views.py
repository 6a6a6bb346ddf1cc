"""Organisations that signed: their list, their pages, their papers."""

from flask import Blueprint

blueprint = Blueprint("partners", __name__)
