"""A table of any two questions, asked of the worker."""
