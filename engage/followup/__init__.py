"""You said, we did: what was done with what people said, for staff and for everyone."""
