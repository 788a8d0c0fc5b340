"""The commands: parse, ask the engine, render, send. `register(application, desk, gate)` wires them; `table`
lists them."""
