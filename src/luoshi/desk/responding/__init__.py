"""What pages of emergency responses are made of: a form's fields in, a grid of places and prepared items out."""
