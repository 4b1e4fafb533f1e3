"""Changes of the tables of places and units, in order: the database of an older version in, of this one out."""
