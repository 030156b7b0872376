"""The doors of message gateways, and the look at them."""
