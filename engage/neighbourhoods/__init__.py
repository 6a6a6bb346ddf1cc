"""A page for each ward, and the local figures that community groups ask for."""
