"""What can be looked up: passages, their vectors and terms, and the goal rows."""
