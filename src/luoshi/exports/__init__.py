"""Readings in, files of other formats out: one format, one file."""
