"""The standard record: the same fields and codes whatever the channel and language."""
