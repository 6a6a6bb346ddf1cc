"""The public path: home, start, questions, check, send, thank you."""
