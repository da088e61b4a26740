"""Wires and serves the site: settings, addresses, privacy, start-up. Nobody imports it."""
