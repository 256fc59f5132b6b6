"""Cases and editions in stores of objects. A package, so that its servers end with its tests."""
