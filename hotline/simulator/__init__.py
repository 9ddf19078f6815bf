"""A telephone network on the own machine; it imports nothing of the house."""
