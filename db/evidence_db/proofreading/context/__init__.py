"""What the sentence around a quotation says of it, beside what its record says.

speaker   whom the sentence names, and whether the record names somebody else
sender    the same of an e-mail or a letter, which has a sender and no speaker
remarks   dates, sources and numbers, put side by side for a person to judge
"""
