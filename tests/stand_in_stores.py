"""A stand-in for a store of objects, which can be told to do things wrong."""

import re
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from evidence_chain.digest import b3


def tag_of(content):
    """What the store calls an object that has this content."""
    return f'"{b3(content).hex()}"'


class StandIn:
    """Puts, gets and lists objects by S3's protocol; nobody's signature is looked at."""

    def __init__(self):
        self.objects = {}
        self.ignores_conditions = False
        self.fails_after_writing = 0
        """Requests that are carried out, and answered with an error."""
        self.spoils = False
        """Whether what arrives is kept with a byte changed."""
        self.keeps = False
        """Whether what is to be removed stays, and it is said that it is gone."""
        self.refuses = None
        """The status and body with which everything is answered."""
        self.lies = None
        """What is made of a part of an object before it is answered with."""
        self.parts = {}
        """Of the one upload in parts that may be under way."""
        self.breaks_off = None
        """What of an upload in parts is answered with an error: `begin`, `part 2`, `end`, …; or
        `ended`, where it was carried out."""
        self.meanwhile = None
        """Called with the name and the range of an object before a part of it is answered with."""
        self.lists_nothing = False
        """Whether its lists are pages without an object, each of which names a further one."""
        self.asked = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.stand_in = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def store(self):
        return self.server.stand_in

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", head=False, **headers):
        self.send_response(status)
        headers = {"Content-Length": str(len(body)), **headers}
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if not head:
            with suppress(ConnectionError):  # whoever asked may have had enough
                self.wfile.write(body)

    def begin(self):
        """The name that is asked for, unless all is refused."""
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        self.store.asked.append((self.command, self.path))
        if self.store.refuses:
            status, body = self.store.refuses
            self.answer(status, body, head=self.command == "HEAD")
            return None
        return urlsplit(self.path).path

    def breaks_off(self, at):
        """Whether an upload in parts breaks off there."""
        if self.store.breaks_off == at:
            self.answer(500, b"<Error><Code>InternalError</Code></Error>")
        return self.store.breaks_off == at

    def do_DELETE(self):
        """An upload in parts is given up, as `?uploadId` asks for."""
        if self.begin() is not None:
            self.store.parts.clear()
            self.answer(204)

    def part(self, number):
        if not self.breaks_off(f"part {number}"):
            self.store.parts[number] = self.body
            self.answer(200, ETag=tag_of(self.body))

    def upload_begun(self):
        if not self.breaks_off("begin"):
            told = b"<UploadId>one</UploadId>"
            self.answer(
                200, b"<InitiateMultipartUploadResult>%b</InitiateMultipartUploadResult>" % told
            )

    def upload_ended(self, name):
        if self.breaks_off("end"):
            return
        if not self.store.parts:  # it is asked for again
            self.answer(404, b"<Error><Code>NoSuchUpload</Code></Error>")
            return
        self.store.objects[name] = b"".join(part for _, part in sorted(self.store.parts.items()))
        self.store.parts.clear()
        if not self.breaks_off("ended"):
            told = b"<ETag>one</ETag>"
            self.answer(
                200, b"<CompleteMultipartUploadResult>%b</CompleteMultipartUploadResult>" % told
            )

    def asked(self, what):
        """What a request asks for after the question mark."""
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True).get(what, [None])[0]

    def do_PUT(self):
        if (name := self.begin()) is None:
            return
        if number := self.asked("partNumber"):
            self.part(int(number))
            return
        minded = "If-None-Match" in self.headers and not self.store.ignores_conditions
        if minded and name in self.store.objects:
            self.answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
            return
        spoiled = bytes([self.body[0] ^ 1]) + self.body[1:] if self.store.spoils else self.body
        self.store.objects[name] = spoiled
        if self.store.fails_after_writing:
            self.store.fails_after_writing -= 1
            self.answer(500, b"<Error><Code>InternalError</Code></Error>")
        else:
            self.answer(200, ETag='"tag"')

    def do_POST(self):
        """Several objects removed at once, as `?delete` asks for; or an upload in parts."""
        if (bucket := self.begin()) is None:
            return
        if self.asked("uploadId"):
            self.upload_ended(bucket)
        elif self.asked("uploads") is not None:
            self.upload_begun()
        else:
            keys = re.findall("<Key>([^<]+)</Key>", self.body.decode())
            for key in keys:
                if not self.store.keeps:
                    self.store.objects.pop(f"{bucket}/{key}", None)
            told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self.answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        if (name := self.begin()) is None:
            return
        if "list-type" in self.path:
            self.listing(name)
            return
        if self.store.meanwhile:
            self.store.meanwhile(name, self.headers.get("Range"))
        if name in self.store.objects:
            self.content(self.store.objects[name])
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>", self.command == "HEAD")

    def content(self, whole):
        tags = {"ETag": tag_of(whole), "Last-Modified": "Sat, 28 Nov 2026 04:00:00 GMT"}
        span = (self.headers.get("Range") or "").removeprefix("bytes=")
        if self.headers.get("If-Match", tags["ETag"]) != tags["ETag"]:
            self.answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
            return
        start, _, end = span.partition("-")
        if not span:
            self.answer(200, whole, self.command == "HEAD", **tags)
        elif int(start) >= len(whole):
            self.answer(416, b"<Error><Code>InvalidRange</Code></Error>")
        else:
            part = whole[int(start) : int(end) + 1]
            last = int(start) + len(part) - 1
            tags["Content-Range"] = f"bytes {start}-{last}/{len(whole)}"
            part = self.store.lies(part) if self.store.lies else part
            self.answer(206, part, **tags)

    def listing(self, bucket):
        if self.store.lists_nothing:
            more = (
                b"<IsTruncated>true</IsTruncated><NextContinuationToken>on</NextContinuationToken>"
            )
            self.answer(200, b"<ListBucketResult>%b</ListBucketResult>" % more)
            return
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        there = sorted(self.store.objects.items())
        listed = "".join(
            f"<Contents><Key>{key}</Key><Size>{len(content)}</Size><ETag>{tag_of(content)}</ETag>"
            "<LastModified>2026-11-28T04:00:00.000Z</LastModified></Contents>"
            for key, content in ((name.removeprefix(f"{bucket}/"), one) for name, one in there)
            if key.startswith(prefix)
        )
        body = f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>"
        self.answer(200, body.encode())
