"""The ledger out to files and back: export and import, backup and restore."""
