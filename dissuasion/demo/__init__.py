"""The demo: simulated people on real ground, and a terminal that shows what they do. No part of the product."""
