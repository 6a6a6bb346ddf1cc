"""The worker's results, stored: what analyst pages, charts and files read."""
