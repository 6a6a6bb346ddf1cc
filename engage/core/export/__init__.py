"""One module a format: a table to bytes."""
