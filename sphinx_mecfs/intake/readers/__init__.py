"""Readers: the bytes of a file in one of the formats of reference managers and services, into records."""
