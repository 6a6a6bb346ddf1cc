"""Indicators as data, computed, and put into honest words."""
