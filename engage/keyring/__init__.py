"""Who holds which key: pairs of staff, keys that several share, and keys of signed-in sessions."""
