"""Events and training for staff: make, attend, certify."""

from flask import Blueprint

blueprint = Blueprint("training_staff", __name__)
