"""Places of China and the units in them, in time: a day in, who lay under whom out."""
