"""A request in, a page out: one file for each page or what belongs to it."""
