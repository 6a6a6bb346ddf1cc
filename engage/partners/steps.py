"""What an organisation does itself: its commitments, through a mailed link."""

from flask import Blueprint

blueprint = Blueprint("partner_steps", __name__)
