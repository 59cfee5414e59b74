"""Readers: a file's bytes in, the document's text with its marks out. One module for each kind of file."""
