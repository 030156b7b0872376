"""HTTP: request bodies, authentication, problem documents, the limit on concurrent requests."""
