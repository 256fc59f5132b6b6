"""Benchmarks of editions. What they measure lies in `bench.jobs.editions`."""
