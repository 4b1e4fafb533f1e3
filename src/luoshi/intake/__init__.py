"""Where facts become items, with a person's yes: readings in, drafts with the units that may be meant out."""
