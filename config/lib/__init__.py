"""The floor: small tools that know nothing of people, ground or cases."""
