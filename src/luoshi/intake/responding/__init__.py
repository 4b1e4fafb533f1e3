"""Emergency responses (快响): a prepared set, a level and places in; a response with its parts, raised, lowered, stood
down, out."""
