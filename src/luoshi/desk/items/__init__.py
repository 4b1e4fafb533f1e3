"""An item that is in sight in, what its page says of it out."""
