"""Searches a directory for withheld values, and the same bytes for as many literals."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from bench.jobs.clock import timed
