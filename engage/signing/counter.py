"""How many signed: as data, and as a badge for other sites."""

from flask import Blueprint

blueprint = Blueprint("counter", __name__)
