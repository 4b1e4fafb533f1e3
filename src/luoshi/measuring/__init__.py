"""How it goes: what is known of items in, lights with their reasons out, by rules that are files."""
