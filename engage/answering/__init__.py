"""The page-by-page walk: a sealed draft, and the one transaction that turns it into a response."""
