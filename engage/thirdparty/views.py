"""The pages of third-party reporting centres."""

from flask import Blueprint

blueprint = Blueprint("thirdparty", __name__)
