"""Pages as they are seen: their size, pictures and columns, and OCR. No text but what OCR reads."""
