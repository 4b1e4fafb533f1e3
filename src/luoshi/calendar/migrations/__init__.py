"""Changes of the tables of the calendar, in order: the database of an older version in, of this one out."""
