"""Saving a draft under a code of words, and coming back to it."""

from flask import Blueprint

blueprint = Blueprint("saved", __name__)
