"""One trading flow, step by step, through each client library named on the command line.

    flow.py URL KEY SECRET CLIENT...

After every step free plus locked must be what the trades so far leave. The first step that fails ends the run with 1.
"""
import sys
import time
from decimal import Decimal

import clients

TICK, LOT = Decimal("0.01"), Decimal("0.00001")
failures = []
passed = 0


def down(value, step):
    return (value / step).to_integral_value(rounding="ROUND_FLOOR") * step


def show(value):
    return format(value.normalize(), "f")


class Flow:
    def __init__(self, make):
        self.make = make
        self.client = make()
        self.start = self.totals()
        self.before = {t["id"] for t in self.client.trades()}

    def totals(self):
        return {asset: free + locked for asset, (free, locked) in self.client.balances().items()}

    def expected(self):
        """What the trades since the start leave of each asset."""
        totals = dict(self.start)
        for t in self.client.trades():
            if t["id"] in self.before:
                continue
            sign = 1 if t["buy"] else -1
            totals["BTC"] = totals.get("BTC", Decimal(0)) + sign * t["quantity"]
            totals["USDT"] -= sign * t["quote"]
            totals[t["feeAsset"]] = totals.get(t["feeAsset"], Decimal(0)) - t["fee"]
        return totals

    def step(self, name, function):
        global passed
        try:
            result = function()
            have, want = self.totals(), self.expected()
            for asset in set(have) | set(want):
                assert have.get(asset, Decimal(0)) == want.get(asset, Decimal(0)), f"{asset}: have {have.get(asset)}, the trades leave {want.get(asset)}"
            assert all(free >= 0 and locked >= 0 for free, locked in self.client.balances().values()), "a balance below zero"
        except Exception as error:  # any surprise is a failed step
            failures.append(f"{self.client.name}: {name}: {type(error).__name__}: {error}")
            print(f"  FAILED {name}: {type(error).__name__}: {error}")
            raise
        passed += 1
        print(f"  ok     {name}")
        return result

    def refused(self, name, code, function, client=None):
        def attempt():
            try:
                function()
            except clients.Refused as refusal:
                assert refusal.code == code, f"wanted {code}, got {refusal}"
            else:
                raise AssertionError(f"was not refused, wanted {code}")
        self.step(f"{name}: {code}", attempt)

    def run(self):
        c = self.client
        offset = self.step("time", c.server_time) - int(time.time() * 1000)
        assert abs(offset) < 5_000, f"the exchange's clock is {offset} ms away"
        assert clients.SYMBOL in self.step("markets", c.markets)
        candles = self.step("candles", c.candles)
        assert len(candles) == 5 and all(b - a == 3_600_000 for a, b in zip(candles, candles[1:])), candles
        last = self.step("ticker", c.last_price)
        free, _ = self.step("balance", c.balances)["USDT"]
        assert free > 1_000

        bought = self.step("market buy by cost", lambda: c.buy_for(Decimal(500)))
        assert bought["status"] == "FILLED" and 0 < bought["quote"] <= 500, bought
        held, _ = c.balances()["BTC"]
        part = down(held / 4, LOT)

        def at(share):
            return show(down(last * Decimal(share), TICK))

        resting = self.step("limit", lambda: c.limit_sell(show(part), at("1.2")))
        assert resting["status"] == "NEW" and resting["executed"] == 0, resting
        stop = self.step("stop-loss-limit", lambda: c.stop_limit_sell(show(part), at("0.9"), at("0.89")))
        assert stop["status"] == "NEW", stop
        locked = c.balances()["BTC"][1]
        assert locked == 2 * part, f"locked {locked}, wanted {2 * part}"

        legs = self.step("one-cancels-other", lambda: c.oco_sell(show(part), at("1.15"), at("0.92"), at("0.91")))
        assert len(legs) == 2 and c.balances()["BTC"][1] == 3 * part, legs
        ids = {o["id"] for o in self.step("open orders", c.open_orders)}
        assert ids == {resting["id"], stop["id"], *legs}, ids
        # Cancelling a leg answers with the whole list, which has no status of one order.
        self.step("cancel one leg", lambda: c.cancel(legs[0]))
        gone = {c.order(leg)["status"] for leg in legs}
        assert gone == {"CANCELED"}, f"after cancelling one leg: {gone}"
        assert {o["id"] for o in c.open_orders()} == {resting["id"], stop["id"]}

        found = self.step("query", lambda: c.order(resting["id"]))
        assert found["status"] == "NEW" and found["quantity"] == part, found
        assert self.step("cancel", lambda: c.cancel(resting["id"])) == "CANCELED"
        self.step("cancel the stop", lambda: c.cancel(stop["id"]))
        assert c.balances()["BTC"][1] == 0 and not c.open_orders()
        trades = [t for t in self.step("trades", c.trades) if t["order"] == bought["id"]]
        assert sum(t["quantity"] for t in trades) == bought["executed"], trades

        self.refused("wrong secret", -1022, lambda: self.make(secret="not-the-secret").balances())
        late = self.make()
        late.be_late(120_000)
        try:
            self.refused_quietly("old timestamp", -1021, late)
        finally:
            late.be_late(0)
        self.refused("bad lot", -1013, lambda: c.raw_sell("0.000015", at("1.1")))
        self.refused("too large", -2010, lambda: c.limit_buy(show(down(2 * free / last, LOT)), at("0.99")))
        self.refused("unknown order", -2013, lambda: c.order("999999999"))

    def refused_quietly(self, name, code, late):
        """The late clock may be the whole library's, so the totals are read after it is set right."""
        try:
            late.balances()
        except clients.Refused as refusal:
            late.be_late(0)
            self.step(f"{name}: {code}", lambda: refusal.code == code or self.fail(f"wanted {code}, got {refusal}"))
        else:
            late.be_late(0)
            self.step(f"{name}: {code}", lambda: self.fail("was not refused"))

    @staticmethod
    def fail(text):
        raise AssertionError(text)


def main():
    url, key, secret, *names = sys.argv[1:]
    for name in names:
        print(name)
        try:
            Flow(lambda secret=secret, kind=clients.ALL[name]: kind(url, key, secret)).run()
        except Exception as error:
            if not failures or not failures[-1].startswith(name + ":"):
                failures.append(f"{name}: {type(error).__name__}: {error}")
                print(f"  FAILED {type(error).__name__}: {error}")
    for line in failures:
        print(f"failed: {line}", file=sys.stderr)
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
