"""Sealed reports: what is stored of them, who can open them, and how long each part is kept."""
