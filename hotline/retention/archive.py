"""A sealed file: written with a public key alone, read with the private half, in pieces, so that memory stays small.

    HOTLINE-BACKUP-1\n
    a sealed box to the public key, of a key of 32 bytes made for this file alone
    24 bytes: the header of a libsodium secretstream (XChaCha20-Poly1305)
    pieces: four bytes of length (big-endian), then the sealed piece; the last one is marked as the last

A file that was cut off, changed, or put together anew does not open: `Broken`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_keygen,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

MAGIC = b"HOTLINE-BACKUP-1\n"
PIECE = 64 * 1024
_SEALED_KEY = 48 + 32
_LONGEST = PIECE + crypto_secretstream_xchacha20poly1305_ABYTES


class Broken(ValueError):
    """Not a backup, not whole, changed, or for another key."""


def write_sealed(out: BinaryIO, public: bytes, data: Iterable[bytes]) -> None:
    """Seal `data` (pieces of any size) into `out`. `public` is 32 bytes."""
    key = crypto_secretstream_xchacha20poly1305_keygen()
    state = crypto_secretstream_xchacha20poly1305_state()
    header = crypto_secretstream_xchacha20poly1305_init_push(state, key)
    out.write(MAGIC + SealedBox(PublicKey(public)).encrypt(key) + header)
    waiting = bytearray()
    for piece in data:
        waiting += piece
        while len(waiting) > PIECE:
            _push(out, state, bytes(waiting[:PIECE]), last=False)
            del waiting[:PIECE]
    _push(out, state, bytes(waiting), last=True)


def read_sealed(source: BinaryIO, private: bytes) -> Iterator[bytes]:
    """The pieces of a sealed file, each proven before it is given. Raises Broken, at the end too when it is not whole."""
    if source.read(len(MAGIC)) != MAGIC:
        raise Broken("this is no backup of the hotline")
    try:
        key = SealedBox(PrivateKey(private)).decrypt(source.read(_SEALED_KEY))
        state = crypto_secretstream_xchacha20poly1305_state()
        header = source.read(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    except (CryptoError, ValueError, TypeError) as error:
        raise Broken("this key does not open the backup") from error
    last = False
    while not last:
        size = int.from_bytes(source.read(4), "big")
        sealed = source.read(size) if size <= _LONGEST else b""
        try:
            piece, tag = crypto_secretstream_xchacha20poly1305_pull(state, sealed, None)
        except (CryptoError, ValueError, TypeError, RuntimeError) as error:
            raise Broken("the backup is not whole, or was changed") from error
        last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL
        yield piece
    if source.read(1):
        raise Broken("something was added to the backup")


def _push(
    out: BinaryIO, state: crypto_secretstream_xchacha20poly1305_state, piece: bytes, *, last: bool
) -> None:
    tag = (
        crypto_secretstream_xchacha20poly1305_TAG_FINAL
        if last
        else crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
    )
    sealed = crypto_secretstream_xchacha20poly1305_push(state, piece, None, tag)
    out.write(len(sealed).to_bytes(4, "big") + sealed)
