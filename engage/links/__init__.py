"""Short links: a code, a wave and the place where it hangs."""
