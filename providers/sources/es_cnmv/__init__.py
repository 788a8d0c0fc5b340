"""Spain's CNMV."""
