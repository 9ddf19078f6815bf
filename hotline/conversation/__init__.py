"""Pure: how a person is stepped through a form by text."""
