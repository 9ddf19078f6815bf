"""Who is paged for an alert, and who has taken it."""
