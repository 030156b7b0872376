"""Every door as whoever stands before it with bytes in the hand finds it: our own and the libraries'."""
