"""Answers to a typed table, and the rules that say which responses are used."""
