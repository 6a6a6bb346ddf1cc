"""Mail that waits in the database, written in the transaction that caused it."""
