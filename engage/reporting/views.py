"""Reporting safely: the form, the receipt, the conversation by code."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__)
