"""What staff do with organisations: verify, approve, look after commitments."""

from flask import Blueprint

blueprint = Blueprint("partner_staff", __name__)
