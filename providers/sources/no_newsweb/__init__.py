"""Norway's NewsWeb."""
