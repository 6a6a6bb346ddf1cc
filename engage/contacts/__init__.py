"""Mailboxes of people who signed or booked: what they agreed to hear, and their way back in."""
