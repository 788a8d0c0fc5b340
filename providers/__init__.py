"""The rooms that touch the world. Each adapter implements a port of `core.ports` and ends foreign errors
there."""
