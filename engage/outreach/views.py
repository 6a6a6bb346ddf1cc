"""The places where a survey is offered, for managers."""

from flask import Blueprint

blueprint = Blueprint("outreach", __name__)
