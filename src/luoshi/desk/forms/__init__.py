"""What somebody typed into a form of a move, a draft or an upload in, values for the rooms below or faults by field out."""
