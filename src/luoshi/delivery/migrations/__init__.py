"""Changes of the tables of delivery, in their order."""
