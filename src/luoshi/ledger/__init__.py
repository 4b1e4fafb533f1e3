"""The book: items of work run by declared playbooks over a log of events that cannot be lost or forged unseen."""
