"""What feeds and search share: parsing in a process of its own, dates, publishers."""
