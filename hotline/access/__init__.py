"""Log-in, sessions, who may what."""
