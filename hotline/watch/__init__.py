"""The house tries itself: practice for who is on call, and probes that go the way of a message."""
