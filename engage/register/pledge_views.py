"""Pledges for staff: make, word anew, open and close."""

from flask import Blueprint

blueprint = Blueprint("pledge_staff", __name__)
