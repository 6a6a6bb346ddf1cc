"""Organisations that signed, and what each promised to do."""
