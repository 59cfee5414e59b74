"""What the documents say: files in, text with places and typed goal rows out."""
