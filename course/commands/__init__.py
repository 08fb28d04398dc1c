"""The commands: they read arguments, call the other rooms and print."""
