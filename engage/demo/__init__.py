"""The demonstration borough: invented, seeded, plainly marked."""
