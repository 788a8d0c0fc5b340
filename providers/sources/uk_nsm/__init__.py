"""The United Kingdom's National Storage Mechanism."""
