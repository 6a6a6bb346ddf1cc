"""Files that somebody wants to import: their rows, and what is wrong with them."""
