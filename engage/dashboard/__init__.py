"""Indicators at one look: of a survey, of all surveys, and the performance table."""
