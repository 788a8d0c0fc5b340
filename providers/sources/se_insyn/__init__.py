"""Sweden's register of insiders' dealings."""
