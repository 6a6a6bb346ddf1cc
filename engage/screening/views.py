"""The queue of what people wrote, for staff."""

from flask import Blueprint

blueprint = Blueprint("screening", __name__)
