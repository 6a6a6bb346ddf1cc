"""Signatures that were given elsewhere: an older list, paper, a stall."""
