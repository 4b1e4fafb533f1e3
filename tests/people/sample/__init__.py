"""A room above people, for tests: a table of items that a later room would have."""
