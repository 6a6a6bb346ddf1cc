"""Coming in with a one-time code."""

from flask import Blueprint

blueprint = Blueprint("invited", __name__)
