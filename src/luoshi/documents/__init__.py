"""Reports in, rows out: original bytes by hash, readings, meetings, directives, and what people corrected."""
