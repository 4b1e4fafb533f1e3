"""The tables in; what does not hold together, roots of days and proofs of single events out."""
