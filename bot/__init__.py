"""The room that talks to people: words, buttons, pictures, clock and wiring."""
