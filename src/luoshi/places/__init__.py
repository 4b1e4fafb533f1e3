"""Places and the units in them, valid from-to: places, lines and units in; who was there on a day, within what, out."""
