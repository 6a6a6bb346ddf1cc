"""Files that leave: made by the worker, logged, deleted at their date."""
