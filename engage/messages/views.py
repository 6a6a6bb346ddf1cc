"""Writing to signatories: draft, dry run, send, watch."""

from flask import Blueprint

blueprint = Blueprint("messages", __name__)
