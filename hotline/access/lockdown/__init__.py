"""The house locked down while something is looked into: nobody but the Leader gets to the staff page, and nothing is exported."""
