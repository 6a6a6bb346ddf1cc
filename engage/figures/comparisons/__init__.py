"""What changed since the wave before, and what of the targets is met: stored with a run."""
