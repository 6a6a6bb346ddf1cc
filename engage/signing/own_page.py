"""What is kept of somebody: seen, changed, ended, through a link that was mailed."""

from flask import Blueprint

blueprint = Blueprint("own_page", __name__)
