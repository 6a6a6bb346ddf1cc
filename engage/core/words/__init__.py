"""What was found, put into honest words by rule. Read by pages, so without numpy."""
