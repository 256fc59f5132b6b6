#!/usr/bin/env bash
# Interview transcripts (ELAN to Praat): the second half of a translated answer isn't converted.
#
# With:     pympi-ling 1.71, read with praatio 6.2.2 (Python), run 2026-11-28
# Guess:    what stands in an ELAN file gets into the TextGrid: where an answer is divided without
#           times for the parts (its translation in two sentences, its words), the parts share
#           its time, as ELAN shows them, or stand in one label.
# It does:  of the sentences the first gets the whole time of the answer, and the others are left
#           out. Of words of which only the outer limits have a time, all are left out; the tier
#           is there, empty. Nothing is said.
# Matters:  "I knew him. But not before May." is quoted from the copy as "I knew him." over the
#           whole length of the answer. Count the annotations of both files.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check pympi-ling==1.71 praatio==6.2.2

cat > interview.eaf <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2031-03-05T10:00:00+00:00" FORMAT="3.0" VERSION="3.0"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
<TIME_ORDER>
<TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="1000"/>
<TIME_SLOT TIME_SLOT_ID="t2"/>
<TIME_SLOT TIME_SLOT_ID="t3" TIME_VALUE="7000"/>
</TIME_ORDER>
<TIER TIER_ID="answer" LINGUISTIC_TYPE_REF="spoken">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t3">
<ANNOTATION_VALUE>Ich kannte ihn, aber nicht vor Mai</ANNOTATION_VALUE>
</ALIGNABLE_ANNOTATION></ANNOTATION>
</TIER>
<TIER TIER_ID="phrases" PARENT_REF="answer" LINGUISTIC_TYPE_REF="parts">
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2">
<ANNOTATION_VALUE>Ich kannte ihn,</ANNOTATION_VALUE>
</ALIGNABLE_ANNOTATION></ANNOTATION>
<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a3" TIME_SLOT_REF1="t2" TIME_SLOT_REF2="t3">
<ANNOTATION_VALUE>aber nicht vor Mai</ANNOTATION_VALUE>
</ALIGNABLE_ANNOTATION></ANNOTATION>
</TIER>
<TIER TIER_ID="translation" PARENT_REF="answer" LINGUISTIC_TYPE_REF="sentences">
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a4" ANNOTATION_REF="a1">
<ANNOTATION_VALUE>I knew him.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="a5" ANNOTATION_REF="a1" PREVIOUS_ANNOTATION="a4">
<ANNOTATION_VALUE>But not before May.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
</TIER>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="spoken" TIME_ALIGNABLE="true"/>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="parts" TIME_ALIGNABLE="true"
 CONSTRAINTS="Time_Subdivision"/>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="sentences" TIME_ALIGNABLE="false"
 CONSTRAINTS="Symbolic_Subdivision"/>
<CONSTRAINT STEREOTYPE="Time_Subdivision" DESCRIPTION="parts with times, without gaps"/>
<CONSTRAINT STEREOTYPE="Symbolic_Subdivision" DESCRIPTION="parts in order, without times"/>
</ANNOTATION_DOCUMENT>
XML

seen=$(venv/bin/python - <<'PYTHON'
from praatio import textgrid
from pympi.Elan import Eaf

eaf = Eaf("interview.eaf")
eaf.to_textgrid().to_file("interview.TextGrid")
grid = textgrid.openTextgrid("interview.TextGrid", includeEmptyIntervals=False)
for name in ("answer", "phrases", "translation"):
    here = len(eaf.get_annotation_data_for_tier(name))
    entries = [(entry.start, entry.end, entry.label) for entry in grid.getTier(name).entries]
    print(f"{name}: {here} in ELAN, {len(entries)} in Praat", *entries)
PYTHON
)
expected="answer: 1 in ELAN, 1 in Praat (1.0, 7.0, 'Ich kannte ihn, aber nicht vor Mai')
phrases: 2 in ELAN, 0 in Praat
translation: 2 in ELAN, 1 in Praat (1.0, 7.0, 'I knew him.')"
echo "$seen"
[ "$seen" = "$expected" ] || { echo "This has changed." >&2; exit 1; }
