"""Tables that somebody asked for, of two questions or of wards beside others, suppressed."""
