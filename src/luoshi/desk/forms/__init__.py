"""What somebody typed into a form in, be it a move, a draft or an upload; values or faults by field out."""
