"""Choosing the language of the public pages."""

from flask import Blueprint

blueprint = Blueprint("languages", __name__)
