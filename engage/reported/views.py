"""Figures of reports, of which only suppressed tables are kept."""

from flask import Blueprint

blueprint = Blueprint("reported", __name__)
