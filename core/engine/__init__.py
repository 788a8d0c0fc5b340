"""The one impure choreography: freeze, ask, vote, store. Everything it touches comes in through ports."""
