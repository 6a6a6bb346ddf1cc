"""Signing a pledge, and confirming it from the message."""

from flask import Blueprint

blueprint = Blueprint("sign", __name__)
