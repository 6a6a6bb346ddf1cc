"""Making the one-time codes of a wave."""

from flask import Blueprint

blueprint = Blueprint("invitations", __name__)
