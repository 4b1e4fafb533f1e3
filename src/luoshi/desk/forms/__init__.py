"""What somebody typed in, checked values or faults by field out."""
