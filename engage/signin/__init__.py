"""The door for staff: accounts made by command, signing in and out, sessions ended."""
