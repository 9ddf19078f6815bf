"""The commands behind `hotline`, one subject a file. `cli.py` gathers them."""
