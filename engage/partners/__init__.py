"""The pages of organisations that signed, for everyone and for staff."""
