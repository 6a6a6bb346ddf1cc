"""Sealing and opening bytes: what the rest of the site knows of cryptography."""
