"""Members of staff: who they are, what they may do, and their passwords."""
