"""Typing in what came on paper."""

from flask import Blueprint

blueprint = Blueprint("entry", __name__)
