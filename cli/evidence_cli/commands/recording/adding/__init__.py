"""Commands that put evidence into a case: files, pages, passages, whole tables. No claim alone."""
