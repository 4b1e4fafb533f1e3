"""A move of a playbook and what somebody typed in, a form to show or values for the ledger's door out."""
