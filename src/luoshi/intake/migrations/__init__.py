"""Changes of the tables of intake, in their order; written by Django."""
