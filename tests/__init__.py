"""Tests of the rooms, in the rooms' own folders."""
