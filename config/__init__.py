"""Settings, addresses and servers. They may import every app; apps import nothing here but `config.lib`."""
