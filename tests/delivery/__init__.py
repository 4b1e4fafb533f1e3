"""Delivery: who is told, where nothing is sent, servers that fail, hang and lie."""
