"""How the database came to be as it is: Alembic's environment. Run through `hotline.db_migrate`."""
