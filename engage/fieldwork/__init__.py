"""Survey managers run waves: create, open, close, watch."""
