"""Scripts that go out with a bundle and run without this platform."""
