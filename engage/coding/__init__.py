"""What people wrote: found, sorted by a codeframe, redacted, released quote by quote."""
