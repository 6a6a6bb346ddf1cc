"""A questionnaire on paper: the same questions under the same numbers."""

from flask import Blueprint

blueprint = Blueprint("paper", __name__)
