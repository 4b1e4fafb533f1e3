"""The one door: who acts, on what, with which words and files in; rows, events and notices, written in one go, out."""
