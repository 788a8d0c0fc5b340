"""Finland's store at Nasdaq Helsinki."""
