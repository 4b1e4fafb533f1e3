"""Empties the ledger of a test database too, which refuses it otherwise."""
