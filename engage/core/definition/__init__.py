"""Questionnaires as data: the model, reading, checking, walking, and the coded variables."""
