"""What everyone may read: the results of each wave, and how they were made."""
