"""The smallest Flask application: one route that says one word. The measure of all others."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def empty() -> str:
    """One word."""
    return "ok"
