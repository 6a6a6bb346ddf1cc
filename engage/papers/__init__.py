"""Papers that people keep: certificates as PDF that a screen reader can read."""
