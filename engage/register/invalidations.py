"""Signatures taken out of the count by conditions, and put back."""

from flask import Blueprint

blueprint = Blueprint("invalidations", __name__)
