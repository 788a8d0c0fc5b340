"""The command line, one file a command: `arguments(parser)` declares it, `run(args)` does it and returns the
exit code."""
