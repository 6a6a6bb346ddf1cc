"""Maps, lines over waves, and treated areas beside others."""
