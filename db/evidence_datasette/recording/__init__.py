"""What is recorded in a browser, for who holds the link of `evidence serve --record`.

Each function here takes a case, who records, and the fields of a form, and writes through the one
writer of `evidence_db.recording`, as the command line does. The answer is where to go then.

    answer     the way from a request to such a function: who may, from where, and errors in words
    reviews    a claim or a passage that was looked at
    passages   a passage that was picked in a document
"""
