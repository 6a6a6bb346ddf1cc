"""An older list of signatures: try, take, read the report."""

from flask import Blueprint

blueprint = Blueprint("legacy", __name__)
