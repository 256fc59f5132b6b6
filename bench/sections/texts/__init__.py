"""Benchmarks of documents and their texts. What they measure lies in `bench.jobs.texts`."""
