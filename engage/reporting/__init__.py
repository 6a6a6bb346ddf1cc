"""Reporting safely: the form, the receipt, the conversation by code."""
