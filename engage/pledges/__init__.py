"""Pledges as they are stored: their words, who signed, and how many, exactly."""
