"""The pure core: decide(state, command) gives events, evolve(state, event) gives the next state."""
