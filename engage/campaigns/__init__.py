"""Messages to signatories: whom they go to, and how far sending has come."""
