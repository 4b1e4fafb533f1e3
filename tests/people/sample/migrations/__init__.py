"""The tables of the sample room."""
