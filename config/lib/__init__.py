"""Small tools that know nothing of people, ground or cases; every app may import them."""
