"""Disclosure control: the one last pass over every table, so that none tells on anybody."""
