"""Ending messages with one press, also by the mail program (RFC 8058)."""

from flask import Blueprint

blueprint = Blueprint("unsubscribe", __name__)
