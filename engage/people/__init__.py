"""Staff accounts on pages: invite, change, let go, end sessions, emergency access."""
