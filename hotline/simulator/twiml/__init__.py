"""What documents the carrier understands: parsing, schema, voices. Pure."""
