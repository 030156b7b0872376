"""The roof: settings, addresses and servers. It sees every room; no room sees it."""
