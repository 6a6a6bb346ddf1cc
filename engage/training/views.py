"""Events and training for everyone: list, page, sign-up."""

from flask import Blueprint

blueprint = Blueprint("training", __name__)
