"""The websocket doors and the hub that serves all of a process's sockets."""
