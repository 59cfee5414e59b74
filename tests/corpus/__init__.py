"""Tests of corpus: files in, text with places and typed rows out."""
