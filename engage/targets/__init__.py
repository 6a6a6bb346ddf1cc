"""What the council set out to reach, by indicator, group and year."""
