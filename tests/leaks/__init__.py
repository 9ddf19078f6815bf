"""Nothing leaks sideways: canaries go in by every door and are looked for where they must not be."""
