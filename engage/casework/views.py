"""Reports as caseworkers see them: inbox, report, notes, clocks, closing."""

from flask import Blueprint

blueprint = Blueprint("casework", __name__)
