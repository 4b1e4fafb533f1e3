"""Numbers in, spoiled inputs of every format made from them and read, what broke out (python -m bench.soak)."""
