"""What the benchmark of the living bot needs beside its figures: the bot as a process that can be asked how
it is."""
