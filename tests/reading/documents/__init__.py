"""Tests of the readers of documents: made Word, PDF, Excel and OFD files in, their text out."""
