"""Contacts, threads, messages, conversations in flight, and the outbox."""
