"""The pure core: no Flask, SQLAlchemy, WTForms, clock, randomness or network; a test sees to it."""
