"""Words that every room uses: gaps, errors, kinds of instruments, names, canonical bytes, progress."""
