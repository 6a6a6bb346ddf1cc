"""What was done about what people said: owner, date, state, and the finding it answers."""
