"""Staff sessions as rows that can be listed and revoked."""
