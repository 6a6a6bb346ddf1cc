"""Answers on paper, typed in by staff."""
