"""The pages of third-party reporting centres."""
