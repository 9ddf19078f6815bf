"""The public face: webhooks of the carriers and the web report."""
