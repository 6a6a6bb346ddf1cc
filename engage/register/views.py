"""Signatories for staff: search, statistics, export."""

from flask import Blueprint

blueprint = Blueprint("register", __name__)
