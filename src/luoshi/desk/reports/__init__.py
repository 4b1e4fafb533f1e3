"""A report and its drafts in, what the reading desk and the page of a report show out."""
