"""What translators and recording studios get of a language, and what comes back from them."""
