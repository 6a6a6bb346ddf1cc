"""The application that servers and `flask --app run` load."""

from engage.app import create_app

app = create_app()
