"""The hotline: texts and calls become records and wake somebody."""
