"""The database: how it is connected to, how long one waits for it, what its errors mean, the cache in it."""
