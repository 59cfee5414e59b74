"""Forms of documents: each module turns one layout's text into goal rows and blocks."""
