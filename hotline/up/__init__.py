"""`hotline up`: all processes of one machine, kept running until told to end."""

from hotline.up.start import UpError, up

__all__ = ["UpError", "up"]
