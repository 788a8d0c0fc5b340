"""Where facts come from: one folder for a source."""
