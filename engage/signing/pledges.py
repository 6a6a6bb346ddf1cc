"""The pledges of the site, and the page of each."""

from flask import Blueprint

blueprint = Blueprint("pledges", __name__)
