"""The web app: what the assistant answered, drawn for people. No retrieval, no wording of answers, no thresholds."""
