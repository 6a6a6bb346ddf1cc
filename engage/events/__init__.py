"""Events and training, and who has a place."""
