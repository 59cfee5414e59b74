"""Tests of assistant: from a question to a cited answer."""
