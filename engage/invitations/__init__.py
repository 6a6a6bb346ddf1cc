"""One-time codes by which invited people answer, with no way back to who was invited."""
