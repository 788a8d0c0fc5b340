"""Everything local: a recorded day served over loopback HTTP in its sources' wire format, for demo and
tests."""
