"""Pure: catalogues, segments, encodings, discretion."""
