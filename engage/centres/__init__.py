"""Third-party reporting centres: community organisations that report for somebody else."""
