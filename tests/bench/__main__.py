"""Runs every benchmark."""

from tests.bench import reports, steps

steps.main()
reports.main()
