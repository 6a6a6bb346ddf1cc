"""The pure core: no Flask, SQLAlchemy, WTForms, clock, randomness or network. A test enforces it."""
