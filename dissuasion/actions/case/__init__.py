"""The case (劝阻任务): only the files of this folder write its status, level, way and attention."""
