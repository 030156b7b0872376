"""Heavy work: so many at a time, and whatever it raises is raised."""

import threading

import pytest
from django.contrib.auth.hashers import check_password, get_hasher, make_password

from config.lib import hashing
from config.lib.small_pool import SmallPool


def test_it_returns_what_the_work_returns_or_raises():
    pool = SmallPool("test", threads=1)
    assert pool.run(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        pool.run(divmod, 7, 0)


def test_it_works_on_so_many_at_a_time():
    pool, at_work, most = SmallPool("test", threads=2), [], []
    lock = threading.Barrier(2, timeout=5)

    def work():
        at_work.append(1)
        most.append(len(at_work))
        lock.wait()
        at_work.pop()

    threads = [threading.Thread(target=pool.run, args=(work,)) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(most), len(most)) == (2, 6)


@pytest.mark.parametrize(("hasher", "algorithm"), [
    ("config.lib.hashing.Argon2Hasher", "argon2"), ("config.lib.hashing.PBKDF2Hasher", "pbkdf2_sha256"),
])  # fmt: skip
def test_passwords_are_hashed_in_the_pool_and_as_django_does_it(settings, monkeypatch, hasher, algorithm):
    plain = {"argon2": "Argon2PasswordHasher", "pbkdf2_sha256": "PBKDF2PasswordHasher"}[algorithm]
    settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{plain}"]
    before = make_password("right")
    settings.PASSWORD_HASHERS = [hasher]
    ran = []
    run = hashing.POOL.run
    monkeypatch.setattr(hashing.POOL, "run", lambda work, *args, **named: (ran.append(1), run(work, *args, **named))[1])
    assert get_hasher().algorithm == algorithm
    assert check_password("right", before)
    assert not check_password("wrong", before)
    assert check_password("right", make_password("right"))
    assert len(ran) >= 4
