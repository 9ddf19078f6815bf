"""Runs every benchmark."""

from tests.bench import first_page, reports, steps, webhooks

steps.main()
reports.main()
webhooks.main()
first_page.main()
