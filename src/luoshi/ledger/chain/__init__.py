"""Events and texts in; canonical bytes, hashes, commitments and Merkle trees out. Pure."""
