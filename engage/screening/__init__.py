"""What people wrote, looked at within a working day; a flag reaches the safeguarding lead."""
