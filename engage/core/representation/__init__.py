"""Who answered, beside who lives here: shares, one summary, and who is needed."""
