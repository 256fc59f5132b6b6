"""An invented site on loopback whose pages do what makes pages of the web hard to keep."""

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

SESSION = "s3ss10n-of-a-reporter-91c7"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf50070003010180c6a3a3d20000000049454e44ae426082"
)
FAR = '<div style="height:4000px"></div>'
PAGES = {
    "/news": f"""<title>Vardo Acoustics</title><h1>News</h1>
        <p>Vardo was never told where the microphones would stand.</p>{FAR}
        <img loading=lazy src=/lazy.png><img src=/gone.png><video src=/film.mp4></video>""",
    "/shadow": """<title>Shadow</title><h1>Board</h1><x-note>in the minutes</x-note><script>
        const root = document.querySelector("x-note").attachShadow({mode: "closed"});
        root.innerHTML = "<style>p { color: teal }</style>" +
            "<p>The board had heard <slot></slot>.</p>";
        </script>""",
    "/frames": "<title>Frames</title><h1>Annex</h1><iframe src=/framed></iframe>",
    "/framed": "<p>The annex names forty microphones.</p>",
    "/wall": """<title>Wall</title><p id=text></p>
        <div style="position:fixed;inset:0;background:white">May we set cookies?
        <button onclick="text.textContent = 'Behind the wall.'">Yes</button></div>""",
    "/endless": """<title>Endless</title><h1>Feed</h1><script>
        const more = () => { for (let i = 0; i < 50; i++)
            document.body.append(Object.assign(document.createElement("p"),
                {textContent: "Item " + document.body.children.length})); };
        more(); addEventListener("scroll", more);</script>""",
    "/changing": """<title>Changing</title><h1>The price is 40 crowns</h1><script>
        addEventListener("beforeprint", () =>
            document.querySelector("h1").textContent = "The price is 90 crowns");</script>""",
    "/asking": """<title>Asking</title><h1>Ask</h1><script>alert("Sign up!"); open("/news");
        fetch("/form", {method: "POST", body: ["hunt", "er2"].join("")});</script>""",
    "/member": "<title>Members</title><p>Welcome back to the members' pages.</p>",
    "/echo": f"<title>Echo</title><p>Your number is {SESSION}.</p>",
    "/policy": "<title>Policy</title><h1>Strict</h1><script src=/script.js></script>",
    "/worker": """<title>Worker</title><h1>Worker</h1><script>
        navigator.serviceWorker.register("/script.js").catch(() => 0)</script>""",
    "/secure": "<title>Secure</title><p>Signed by the board.</p>",
    "/hanging": "<title>Hanging</title><h1>Hangs</h1><script>for (;;);</script>",
}
HEADERS = {
    "/login": {"Location": "/member", "Set-Cookie": f"sid={SESSION}; Path=/; HttpOnly"},
    "/old": {"Location": "/older"},
    "/older": {"Location": "/news"},
    "/echo": {"Set-Cookie": f"sid={SESSION}; Path=/"},
    "/policy": {"Content-Security-Policy": "script-src 'none'"},
    "/file": {"Content-Disposition": "attachment; filename=annex.bin"},
}
FILES = {
    "/lazy.png": ("image/png", PNG),
    "/film.mp4": ("video/mp4", b"film"),
    "/script.js": ("text/javascript", b"1"),
    "/form": ("text/plain", b"thanks"),
    "/file": ("application/octet-stream", b"annex"),
}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.partition("?")[0]
        self.server.asked.append((path, self.headers))
        headers = dict(HEADERS.get(path, {}))
        kind, body = FILES.get(path, ("text/html; charset=utf-8", PAGES.get(path, "").encode()))
        status = 302 if "Location" in headers else 200
        if not body and status == 200:
            status, body = 404, b"<h1>Not there</h1>"
        if path.startswith("/save/"):  # as an archive does
            status, headers = 200, {"Content-Location": f"/web/20310402093000/{path[6:]}"}
        if path.startswith("/silent/"):
            status = 200
        self.send_response(status)
        headers |= {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_):
        """Be silent."""


@contextmanager
def site(certificates=None):
    """The site on a port of loopback; with certificates, over TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.asked, server.daemon_threads = [], True
    if certificates:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if certificates else "http"
    server.address = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate_chain():
    """PEM of a server's key, its certificate, and the one of who issued it."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer, now = _name("Aldmere Test Root"), datetime.now(UTC)
    made = [
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(root, hashes.SHA256())
        for subject, key in ((_name("news.example"), leaf), (issuer, root))
    ]
    key = leaf.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key + b"".join(one.public_bytes(Encoding.PEM) for one in made)


def _name(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
