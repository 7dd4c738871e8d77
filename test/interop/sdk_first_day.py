"""Drives the bittensor SDK for sdk-first-day.test.ts: one job as JSON on stdin, one answer as JSON on the last line of stdout.

A job is {"step": ..., "url": ..., "path": ..., ...}; the steps are the functions below, in the order of a first day.
Whatever the SDK refuses ends in a traceback, which the test shows.
"""

import hashlib
import json
import struct
import sys
import time

import bittensor as bt
from bittensor import calls
from bittensor import intents as do


def wallet(job):
    return bt.Wallet(job["wallet"], "default", path=job["path"])


def sent(result):
    result.raise_for_failure()
    return {"success": result.success, "extrinsic": result.extrinsic_id, **result.data}


def run(job, sub, intent):
    return sent(sub.execute(intent, wallet(job)))


def create_wallets(job, _):
    made = {}
    for name in job["names"]:
        bt.wallets.new_coldkey(name, path=job["path"], use_password=False)
        bt.wallets.new_hotkey(name, "default", path=job["path"])
        own = bt.Wallet(name, "default", path=job["path"])
        made[name] = {"coldkey": own.coldkeypub.ss58_address, "hotkey": own.hotkey.ss58_address}
    return made


def balance(job, sub):
    return {"tao": float(sub.balances.balance(coldkey_ss58=job["address"]).tao)}


def transfer(job, sub):
    return run(job, sub, do.Transfer(dest_ss58=job["to"], amount_tao=job["tao"]))


def create_subnet(job, sub):
    return run(job, sub, do.RegisterSubnet())


def start_subnet(job, sub):
    return run(job, sub, do.StartCall(netuid=job["netuid"]))


def register(job, sub):
    return run(job, sub, do.BurnedRegister(netuid=job["netuid"]))


def stake(job, sub):
    return run(
        job,
        sub,
        do.AddStake(
            hotkey_ss58=job["hotkey"], netuid=job["netuid"], amount_tao=job["tao"], rate_tolerance=0.9
        ),
    )


def unstake(job, sub):
    return run(
        job,
        sub,
        do.RemoveStake(
            hotkey_ss58=job["hotkey"], netuid=job["netuid"], amount_alpha=job["alpha"], rate_tolerance=0.9
        ),
    )


def metagraph(job, sub):
    graph = sub.subnets.metagraph(netuid=job["netuid"])
    return {"hotkeys": [neuron.hotkey for neuron in graph.neurons], "block": int(graph.block)}


def set_weights(job, sub):
    return run(job, sub, do.SetWeights(netuid=job["netuid"], weights=job["weights"]))


def commit_timelocked(job, sub):
    return run(job, sub, do.CommitWeights(netuid=job["netuid"], weights=job["weights"]))


def commit_hash(job, sub):
    """The SDK commits by time lock only; the hash goes out as the raw call that its own generated layer has."""
    own = wallet(job)
    uids, values = do.normalize(job["uids"], job["weights"])
    vector = lambda numbers: bytes([len(numbers) << 2]) + struct.pack(f"<{len(numbers)}H", *numbers)
    body = bytes(own.hotkey.public_key) + struct.pack("<H", job["netuid"])
    body += vector(uids) + vector(values) + vector(job["salt"]) + struct.pack("<Q", 0)
    digest = "0x" + hashlib.blake2b(body, digest_size=32).hexdigest()
    call = calls.SubtensorModule.commit_weights(netuid=job["netuid"], commit_hash=digest)
    return {**sent(sub.submit_call(call, own, signer="hotkey")), "hash": digest}


def reveal_hash(job, sub):
    intent = do.RevealWeights(
        netuid=job["netuid"], uids=job["uids"], weights=job["weights"], salt=job["salt"]
    )
    return run(job, sub, intent)


def set_children(job, sub):
    return run(
        job, sub, do.SetChildren(netuid=job["netuid"], children=job["children"], hotkey_ss58=job["hotkey"])
    )


def add_proxy(job, sub):
    return run(job, sub, do.AddProxy(delegate_ss58=job["delegate"], proxy_type=job["type"]))


STEPS = {
    step.__name__: step
    for step in (
        create_wallets,
        balance,
        transfer,
        create_subnet,
        start_subnet,
        register,
        stake,
        unstake,
        metagraph,
        set_weights,
        commit_timelocked,
        commit_hash,
        reveal_hash,
        set_children,
        add_proxy,
    )
}


def main():
    job = json.load(sys.stdin)
    print(json.dumps(STEPS[job["step"]](job, bt.Subtensor(job["url"])), default=str))


main()
