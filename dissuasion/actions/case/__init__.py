"""The case (劝阻任务): the only rooms that write its status, level, way and attention."""
