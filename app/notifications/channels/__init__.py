"""By what ways somebody is told; one small interface."""
