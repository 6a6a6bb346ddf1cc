"""What people sent: the only reader and writer of answers."""
