"""What people wrote, with its codeframe and the quotes that were released."""
