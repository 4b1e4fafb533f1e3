"""Filters of the templates of people."""
