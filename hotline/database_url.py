"""How people write the address of a PostgreSQL, and how SQLAlchemy wants it."""


def normalise_url(url: str) -> str:
    """A database URL for psycopg 3: `postgres://` and `postgresql://` get their driver, all others stay."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
