"""The night language: a file tells who is on call, what happens when and what is expected; it is played in seconds.

How a night is written: `reading`, `reading_phones` and `reading_expectations`; examples: tests/nights/*.yaml.
"""
