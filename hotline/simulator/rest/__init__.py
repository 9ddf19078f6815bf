"""The carrier's REST API under `/2010-04-01`, as its OpenAPI document describes it."""
