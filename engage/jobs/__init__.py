"""Work for the worker: a table of jobs with leases, and a schedule."""
