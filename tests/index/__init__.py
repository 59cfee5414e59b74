"""Tests of index: what can be looked up."""
