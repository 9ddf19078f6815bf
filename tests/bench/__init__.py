"""`make bench`: measures and prints; never a test that fails. Each figure stands beside a floor of the same run."""
