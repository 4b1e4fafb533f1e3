"""What somebody sees in, what waits for them out."""
