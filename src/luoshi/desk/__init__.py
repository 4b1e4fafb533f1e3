"""The pages of the staff: requests in, pages out; what happens is done by the rooms below."""
