"""A name, a password and a second factor in, somebody signed in out: allauth in our words, the gate, the log."""
