"""Figures with their limits (`make bench`). Never timed tests: a slow machine must not fail a build."""
