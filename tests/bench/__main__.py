"""Runs every benchmark."""

from tests.bench import steps

steps.main()
