"""Mail goes to the server that EMAIL_URL names, and nowhere without one."""

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import manage

SEND = (
    "from django.core.mail import send_mail; "
    "print('sent', send_mail('For review', 'A guide waits for you.', None, ['jo@example.org']))"
)


class Postbox(socketserver.StreamRequestHandler):
    """As much of a mail server (RFC 5321) as one letter from Python’s own client takes."""

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            if line == "data":
                self.say("354 go on")
                while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    self.server.heard.append(text)
            self.say("221 bye" if line == "quit" else "250 yes")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def postbox() -> Iterator[socketserver.TCPServer]:
    with socketserver.TCPServer(("127.0.0.1", 0), Postbox) as server:
        server.heard = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_letter_reaches_the_server_that_was_named(tmp_path: Path, postbox: socketserver.TCPServer) -> None:
    url = f"smtp://127.0.0.1:{postbox.server_address[1]}"
    sent = manage(
        tmp_path,
        "shell",
        "--no-imports",
        "-c",
        SEND,
        EMAIL_URL=url,
        EMAIL_FROM="desk@example.org",
        SITE_URL="http://a.example",
    )
    assert "sent 1" in sent.stdout, sent.stderr
    assert any(line.startswith("mail FROM:<desk@example.org>") for line in postbox.heard)
    assert "A guide waits for you." in postbox.heard


def test_without_a_server_nothing_is_sent_or_printed(tmp_path: Path) -> None:
    sent = manage(tmp_path, "shell", "--no-imports", "-c", SEND)
    assert sent.returncode == 0, sent.stderr
    assert "A guide waits" not in sent.stdout + sent.stderr
