"""What is measured of cases of millions of records, each in a process of its own."""
