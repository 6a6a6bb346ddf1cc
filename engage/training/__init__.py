"""The pages of events and training, for everyone and for staff."""
