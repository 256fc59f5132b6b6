"""What the types of files are called, and which type a name promises."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OFFICE}.wordprocessingml.document"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"
PPTX = f"{_OFFICE}.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
EPUB = "application/epub+zip"
OLE = "application/x-ole-storage"
OUTLOOK = "application/vnd.ms-outlook"
PACKED = (DOCX, XLSX, PPTX, ODT, EPUB)
"""Documents that are packed in a ZIP."""
WACZ = "application/wacz+zip"
WARC = "application/warc"
ARC = "application/x-internet-archive"
PDF, ZIP, GZIP = "application/pdf", "application/zip", "application/gzip"
ZSTD = "application/zstd"
RTF = "application/rtf"
MAIL, MBOX, MHTML = "message/rfc822", "application/mbox", "multipart/related"
VTT, SRT = "text/vtt", "application/x-subrip"
HTML, MARKDOWN, PLAIN = "text/html", "text/markdown", "text/plain"
UNKNOWN = "application/octet-stream"

BY_NAME = {
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".eml": MAIL,
    ".emlx": MAIL,
}
PROMISED = {
    ".pdf": {PDF},
    ".png": {"image/png"},
    ".jpg": {"image/jpeg"},
    ".jpeg": {"image/jpeg"},
    ".gif": {"image/gif"},
    ".tif": {"image/tiff"},
    ".tiff": {"image/tiff"},
    ".webp": {"image/webp"},
    ".rtf": {RTF},
    ".doc": {OLE},
    ".xls": {OLE},
    ".ppt": {OLE},
    ".msg": {OUTLOOK},
    ".docx": {DOCX},
    ".docm": {DOCX},
    ".xlsx": {XLSX},
    ".xlsm": {XLSX},
    ".pptx": {PPTX},
    ".ppsx": {PPTX},
    ".odt": {ODT},
    ".epub": {EPUB},
    ".mht": {MHTML},
    ".mhtml": {MHTML},
    ".vtt": {VTT},
    ".srt": {SRT},
    ".wacz": {WACZ},
    ".zip": {ZIP, DOCX, XLSX, PPTX, ODT, EPUB, WACZ},
    ".warc": {WARC},
    ".arc": {ARC},
    ".gz": {GZIP, WARC},
    ".zst": {ZSTD, WARC},
    ".mbox": {MBOX},
    ".eml": {MAIL, MBOX},
    ".emlx": {MAIL},
    ".htm": {HTML},
    ".html": {HTML},
    ".xhtml": {HTML},
    ".md": {MARKDOWN, PLAIN},
    ".markdown": {MARKDOWN, PLAIN},
    ".txt": {PLAIN, MARKDOWN, MAIL, MBOX},
}
"""The types that a name may promise."""
