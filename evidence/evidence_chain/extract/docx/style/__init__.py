"""How words of a DOCX look: styles, colours, fonts of symbols, and the numbers of lists."""
