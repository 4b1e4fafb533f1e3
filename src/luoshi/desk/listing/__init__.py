"""The address of a list in, what is asked for, what can be chosen besides, and groups of what was found, out."""
