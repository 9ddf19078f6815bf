"""Keeping and forgetting: how long what is kept, here and at the carrier, and what remains when it is gone."""
