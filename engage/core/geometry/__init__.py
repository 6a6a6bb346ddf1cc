"""Shapes of areas: from the national grid to the globe, checked, and drawn small. Pure Python."""
