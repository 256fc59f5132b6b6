#!/usr/bin/env bash
# E-mail replies: a firm's own words are cut off as a signature or as somebody else's mail.
#
# With:     email-reply-parser 0.5.12 and mail-parser-reply 1.36 (Python), run 2026-11-27
# Guess:    "the reply" is what the sender wrote: quoted lines (>) and what follows a signature's
#           line of two hyphens and a blank are left out, nothing else.
# It does:  email-reply-parser drops a statement whose points begin with two hyphens, and all
#           that follows "On Monday our engineers wrote:". mail-parser-reply keeps the points but
#           cuts what follows "Best regards", and gives the journalist's quoted question as part
#           of the latest reply.
# Matters:  a denial that stands in the file is missing from the reply, or a question is put in
#           the firm's mouth. Quote from the whole message.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check email-reply-parser==0.5.12 \
  mail-parser-reply==1.36

seen=$(venv/bin/python - <<'PYTHON'
from email_reply_parser import EmailReplyParser
from mailparser_reply import EmailReplyParser as OtherParser

MAILS = {
    "points": "Our position:\n\n-- We deny every allegation.\n-- We were not on site.\n",
    "account": "Dear all,\n\nOn Monday our engineers wrote:\nNobody checked the positions.\n",
    "question": "Our answer:\n\n> Did you check the positions?\n\nWe never did.\n",
    "farewell": "We deny it.\n\nBest regards, and once more: we were not on site.\n",
}
for name, mail in MAILS.items():
    replies = {
        "email-reply-parser": EmailReplyParser.parse_reply(mail),
        "mail-parser-reply": OtherParser(languages=["en"]).read(mail).replies[0].body,
    }
    print(f"{name}: {' / '.join(mail.split(chr(10) * 2)).strip().replace(chr(10), ' / ')}")
    for parser, reply in replies.items():
        print(f"  {parser}: {' / '.join(line for line in reply.splitlines() if line)}")
PYTHON
)
expected='points: Our position: / -- We deny every allegation. / -- We were not on site.
  email-reply-parser: Our position:
  mail-parser-reply: Our position: / -- We deny every allegation. / -- We were not on site.
account: Dear all, / On Monday our engineers wrote: / Nobody checked the positions.
  email-reply-parser: Dear all,
  mail-parser-reply: Dear all,
question: Our answer: / > Did you check the positions? / We never did.
  email-reply-parser: Our answer: / We never did.
  mail-parser-reply: Our answer: / > Did you check the positions? / We never did.
farewell: We deny it. / Best regards, and once more: we were not on site.
  email-reply-parser: We deny it. / Best regards, and once more: we were not on site.
  mail-parser-reply: We deny it.'
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
