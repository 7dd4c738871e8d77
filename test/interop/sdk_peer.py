"""The other side of sdk.test.ts: the Bittensor SDK at an embedded chain, told by JSON on stdin what to do.

In:  {"do": "read", "endpoint", "netuid", "coldkey", "hotkey"}
     {"do": "transfer", "endpoint", "wallets", "wallet", "to", "tao"}
     {"do": "weights", "endpoint", "wallets", "wallet", "netuid", "uids", "weights"}
     {"do": "rows", "endpoint", "netuid"}
Out: one JSON object.
"""
import json
import sys

import bittensor as bt
from bittensor.intents import SetWeights, Transfer
from bittensor.wallets import Wallet


def neuron(one):
    return {
        "uid": one.uid,
        "hotkey": one.hotkey,
        "coldkey": one.coldkey,
        "permit": one.validator_permit,
        "incentive": one.incentive,
        "dividends": one.dividends,
        "stakeRao": one.total_stake.rao,
        "endpoint": None if one.axon is None else str(one.axon),
        "commitment": None if one.commitment is None else str(one.commitment),
    }


def read(sub, job):
    netuid, coldkey, hotkey = job["netuid"], job["coldkey"], job["hotkey"]
    metagraph = sub.subnets.metagraph(netuid)
    return {
        "specVersion": sub.spec_version,
        "freeRao": sub.balances.get(coldkey).rao,
        "subnets": [[one.netuid, one.tempo, one.neuron_count, one.burn.rao] for one in sub.subnets.all()],
        "burnRao": sub.subnets.burn(netuid).rao,
        "commitReveal": sub.subnets.commit_reveal_enabled(netuid),
        "mechanisms": sub.subnets.mechanism_count(netuid),
        "owner": metagraph.owner_coldkey,
        "ownerHotkey": metagraph.owner_hotkey,
        "neurons": [neuron(one) for one in metagraph.neurons],
        "lite": [[one.uid, one.hotkey] for one in sub.neurons.all(netuid)],
        "uid": sub.neurons.uid(hotkey, netuid),
        "hotkeyOwner": sub.neurons.hotkey_owner(hotkey),
        "stakeRao": sub.staking.get(coldkey, hotkey, netuid).rao,
        "immunityPeriod": sub.hyperparameters.immunity_period(netuid),
        "rateLimit": sub.hyperparameters.weights_rate_limit(netuid),
        "priceRao": sub.prices.alpha_price(netuid)["price_rao"],
        "epoch": sub.epochs.epoch_status(netuid),
        "commitments": sub.identity.commitments(netuid),
    }


def main():
    job = json.load(sys.stdin)
    sub = bt.Subtensor(job["endpoint"])
    if job["do"] == "read":
        return read(sub, job)
    if job["do"] == "rows":
        return {"rows": sub.weights.weights(job["netuid"])}
    wallet = Wallet(name=job["wallet"], hotkey=job.get("hotkey", "default"), path=job["wallets"])
    if job["do"] == "transfer":
        result = sub.execute(Transfer(dest_ss58=job["to"], amount_tao=job["tao"]), wallet)
    else:
        wish = SetWeights(netuid=job["netuid"], uids=job["uids"], weights=job["weights"])
        result = sub.execute(wish, wallet)
    return {"success": result.success, "message": str(result.message)}


print(json.dumps(main(), default=str))
