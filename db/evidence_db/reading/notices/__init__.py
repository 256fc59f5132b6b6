"""What is said of records besides themselves: amended, erased, carried, withheld."""
