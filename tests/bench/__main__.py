"""Runs every benchmark."""

from tests.bench import reports, steps, webhooks

steps.main()
reports.main()
webhooks.main()
