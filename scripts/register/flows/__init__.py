"""What the verbs do: ports in, an Outcome out. One module a verb."""
