"""What was published of a wave: chosen, frozen, and as the public sees it."""
