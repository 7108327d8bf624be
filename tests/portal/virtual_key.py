"""A passkey made of software: it answers like the one in a phone, with a real signature."""

import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

ORIGIN = "https://testserver"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class VirtualKey:
    def __init__(self):
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = b"a key of the tests"
        self.user = b""

    def create(self, options: dict) -> str:
        """What a browser sends of a new key."""
        asked = options["publicKey"]
        self.user = websafe_decode(asked["user"]["id"])
        credential = AttestedCredentialData.create(Aaguid(b"\0" * 16), self.id, ES256.from_cryptography_key(self.secret.public_key()))
        data = AuthenticatorData.create(rp_hash(asked["rp"]["id"]), PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT, 0, credential)
        response = {"attestationObject": AttestationObject.create("none", data, {}), "transports": ["internal"]}
        return self.sent("webauthn.create", asked["challenge"], response, {"credProps": {"rk": True}})

    def get(self, options: dict, counter: int = 1) -> str:
        """What it sends to sign in."""
        asked = options["publicKey"]
        data = AuthenticatorData.create(rp_hash(asked["rpId"]), PRESENT_AND_VERIFIED, counter)
        client = collected("webauthn.get", asked["challenge"])
        signature = self.secret.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        response = {"authenticatorData": data, "signature": signature, "userHandle": self.user}
        return self.sent("webauthn.get", asked["challenge"], response, {})

    def sent(self, kind: str, challenge: str, response: dict, extensions: dict) -> str:
        encoded = {name: websafe_encode(value) if isinstance(value, bytes) else value for name, value in response.items()}
        credential = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": extensions,
            "response": {"clientDataJSON": websafe_encode(collected(kind, challenge)), **encoded},
        }
        return json.dumps(credential)


def collected(kind: str, challenge: str) -> CollectedClientData:
    return CollectedClientData.create(kind, challenge, ORIGIN)


def rp_hash(name: str) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(name.encode())
    return digest.finalize()
