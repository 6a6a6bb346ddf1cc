"""While a wave is in the field: how it goes, and responses that somebody must look at."""
