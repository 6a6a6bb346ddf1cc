"""The public pages of a pledge: read, sign, confirm, and see or end what is kept."""
