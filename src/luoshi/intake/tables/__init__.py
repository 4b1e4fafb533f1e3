"""An office's own ledger (台账) as an Excel or CSV file in, drafts out: nothing is made while the file has faults."""
