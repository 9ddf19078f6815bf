"""What happens later: the worker and the clock process."""
