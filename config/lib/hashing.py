"""How passwords are hashed: as Django does it, in a small pool of its own."""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

from config.lib.small_pool import SmallPool

# One hash takes a hundred megabytes and every core: eight at once took a gigabyte, and alerts waited behind them.
POOL = SmallPool("hashing", threads=1)


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2, which new passwords get; the hashes are the same as without the pool."""

    def encode(self, password: str, salt: str) -> str:
        return POOL.run(super().encode, password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        return POOL.run(super().verify, password, encoded)


class PBKDF2Hasher(PBKDF2PasswordHasher):
    """PBKDF2, for passwords from a server that had no Argon2; its `verify` calls `encode`."""

    def encode(self, *args: Any, **kwargs: Any) -> str:
        return POOL.run(super().encode, *args, **kwargs)
