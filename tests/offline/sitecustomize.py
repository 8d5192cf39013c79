"""Cut the network off in every Python that starts with this folder on its path: only this machine
is reachable.
"""

import ipaddress
import socket
import sys

_connect = socket.socket.connect
_getaddrinfo = socket.getaddrinfo


def _refuse(target):
    print(f"network cut off: something asked for {target!r}", file=sys.stderr)
    raise ConnectionError(f"the lessons run without a network, but something asked for {target!r}")


def _is_here(host):
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def connect(self, address):
    if isinstance(address, tuple) and not _is_here(address[0]):
        _refuse(address[0])
    return _connect(self, address)


def getaddrinfo(host, *args, **kwargs):
    if not _is_here(host):
        _refuse(host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = connect
socket.getaddrinfo = getaddrinfo
