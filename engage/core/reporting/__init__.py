"""What follows from the answers of a report: pure rules, without a key or a database."""
