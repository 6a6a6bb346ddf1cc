"""The pages on which staff write to signatories."""
