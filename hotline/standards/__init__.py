"""Pure: crosswalk, codes, places, countries."""
