"""The other side of wallet.test.ts: bittensor-wallet or the Bittensor SDK, told by JSON on stdin what to do.

Usage: python wallet_peer.py bittensor_wallet|bittensor
In:  {"do": "read", "path", "name", "hotkey", "password", "message"}
     {"do": "make", "path", "name", "hotkey", "password", "message", "ed25519"}
     {"do": "verify", "address", "ed25519", "message", "signature"}
Out: one JSON object.
"""
import json
import sys


def signed(keypair, message):
    return "0x" + bytes(keypair.sign(message.encode())).hex()


def main():
    peer = sys.argv[1]
    job = json.load(sys.stdin)
    if peer == "bittensor_wallet":
        from bittensor_wallet import Keypair, Wallet
    else:
        from bittensor_core import Keypair
        from bittensor.wallets import Wallet
    if job["do"] == "verify":
        keypair = Keypair(ss58_address=job["address"], crypto_type=0 if job["ed25519"] else 1)
        signature = bytes.fromhex(job["signature"][2:])
        return {"valid": keypair.verify(job["message"].encode(), signature)}
    wallet = Wallet(name=job["name"], hotkey=job["hotkey"], path=job["path"])
    password = job["password"]
    if job["do"] == "make":
        options = {"crypto_type": 0} if job["ed25519"] else {}
        wallet.create_new_coldkey(
            use_password=password is not None, suppress=True, coldkey_password=password, **options
        )
        wallet.create_new_hotkey(use_password=False, suppress=True, **options)
    coldkey = wallet.get_coldkey(password) if password is not None else wallet.coldkey
    return {
        "coldkey": coldkey.ss58_address,
        "coldkeypub": wallet.coldkeypub.ss58_address,
        "hotkey": wallet.hotkey.ss58_address,
        "coldSignature": signed(coldkey, job["message"]),
        "hotSignature": signed(wallet.hotkey, job["message"]),
    }


print(json.dumps(main()))
