"""The audit log on a page: look, filter, verify."""
