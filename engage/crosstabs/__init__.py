"""Tables of two questions that somebody asked for, as the worker made them, suppressed."""
