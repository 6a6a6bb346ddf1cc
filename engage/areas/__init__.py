"""Wards, area groups, places, postcodes, boundaries and population."""
