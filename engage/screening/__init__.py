"""What people wrote, read by staff within a working day; a flag reaches the safeguarding lead."""
