"""A signal in the middle of waiting, and many at once: the end still comes."""

import os
import signal
import subprocess
import sys
import time

WAITS = """
from hotline.stop import told_by_signals
with told_by_signals() as stop:
    print("waits", flush=True)
    stop.wait()
print("ended", flush=True)
"""


def test_a_hundred_signals_at_once_do_not_hang_it() -> None:
    process = subprocess.Popen([sys.executable, "-c", WAITS], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "waits\n"
    for _ in range(100):
        if process.poll() is None:
            os.kill(process.pid, signal.SIGTERM)
    assert process.wait(10) in (0, -signal.SIGTERM)
    process.stdout.close()


def test_it_waits_no_longer_than_told() -> None:
    from hotline.stop import Stop

    begun = time.monotonic()
    assert not Stop().wait(0.15)
    assert time.monotonic() - begun >= 0.15
