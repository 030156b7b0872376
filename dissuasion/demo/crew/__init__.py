"""The simulated crew and city: they talk to the public doors only, over HTTP and websockets."""
