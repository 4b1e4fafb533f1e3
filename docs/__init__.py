"""The documents, and the tool that keeps what they show true."""
