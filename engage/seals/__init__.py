"""How plain bytes are sealed and opened again: pairs of keys, locked boxes, stretched secrets."""
