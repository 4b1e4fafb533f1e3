"""Changes of the tables of people, in order: the database of an older version in, of this one out."""
