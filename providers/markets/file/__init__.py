"""A market file that any feed of the owner's can fill."""
