"""Weights, counts, estimates with their intervals."""
