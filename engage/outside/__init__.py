"""Figures that others publish: surveys of the police by borough, recorded crime by ward."""
