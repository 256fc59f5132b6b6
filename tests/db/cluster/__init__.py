"""Verification by a cluster of workers. A package, so that the cluster ends with its tests."""
