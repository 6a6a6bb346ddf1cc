"""Choosing, previewing, approving, publishing and correcting results."""
