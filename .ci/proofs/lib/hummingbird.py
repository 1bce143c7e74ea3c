"""host-hummingbird, a server whose requests are measured or not."""
import re
import socket

from children import Child


class Host(Child):
    """A running server; `wrapper` is a command that runs it, such as valgrind."""

    def __init__(self, command, folder, name="host", wrapper=()):
        super().__init__(name, [*wrapper, *command, "--port", "0"], folder)
        self.port = int(self.wait_until("it listens", lambda: re.search(r"^port (\d+)$", self.output(), re.M), 120).group(1))
        self.base = f"http://127.0.0.1:{self.port}"

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection
