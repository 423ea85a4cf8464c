"""Client libraries nobody here wrote, behind one small face, so that one flow runs through each of them.

Every method returns plain values: decimals as decimal.Decimal, ids as str. Every refusal is a Refused with the
exchange's own code.
"""
import json
import re
import time
from decimal import Decimal

SYMBOL = "BTCUSDT"


class Refused(Exception):
    def __init__(self, code, text):
        super().__init__(f"{code}: {text}")
        self.code = code


def order(raw):
    return {"id": str(raw["orderId"]), "clientId": raw["clientOrderId"], "status": raw["status"], "list": str(raw.get("orderListId", -1)),
            "executed": Decimal(raw["executedQty"]), "quote": Decimal(raw["cummulativeQuoteQty"]), "quantity": Decimal(raw["origQty"])}


def trade(raw):
    return {"id": str(raw["id"]), "order": str(raw["orderId"]), "quantity": Decimal(raw["qty"]), "quote": Decimal(raw["quoteQty"]),
            "fee": Decimal(raw["commission"]), "feeAsset": raw["commissionAsset"], "buy": raw["isBuyer"]}


def balances(rows):
    return {row["asset"]: (Decimal(row["free"]), Decimal(row["locked"])) for row in rows}


class CCXT:
    name = "ccxt"

    def __init__(self, base, key, secret):
        import ccxt
        self.errors = ccxt.BaseError
        ex = self.ex = ccxt.binance({"apiKey": key, "secret": secret})

        def local(value):
            if isinstance(value, dict):
                return {k: local(v) for k, v in value.items()}
            return re.sub(r"https://(api|fapi|dapi|eapi|papi)\.binance\.com", base, value)
        ex.urls["api"] = local(ex.urls["api"])
        ex.has["fetchCurrencies"] = False
        ex.options["fetchMarkets"] = {"types": ["spot"]}

    def call(self, function, *arguments):
        try:
            return function(*arguments)
        except self.errors as error:
            # Its own words do not always carry the exchange's code; the answer does.
            found = re.search(r'"code":\s*(-?\d+)', self.ex.last_http_response or "")
            if not found:
                raise
            raise Refused(int(found.group(1)), str(error)) from None

    def be_late(self, milliseconds):
        self.ex.nonce = lambda: int(time.time() * 1000) - milliseconds

    def server_time(self): return self.call(self.ex.fetch_time)
    def markets(self): return {m["id"] for m in self.call(self.ex.load_markets).values()}
    def candles(self): return [int(row[0]) for row in self.call(self.ex.fetch_ohlcv, "BTC/USDT", "1h", None, 5)]
    def last_price(self): return Decimal(self.call(self.ex.fetch_ticker, "BTC/USDT")["info"]["lastPrice"])
    def balances(self): return balances(self.call(self.ex.fetch_balance)["info"]["balances"])
    def buy_for(self, cost): return order(self.call(self.ex.create_market_buy_order_with_cost, "BTC/USDT", float(cost))["info"])
    def limit_sell(self, quantity, price): return order(self.call(self.ex.create_order, "BTC/USDT", "limit", "sell", float(quantity), float(price))["info"])
    def limit_buy(self, quantity, price): return order(self.call(self.ex.create_order, "BTC/USDT", "limit", "buy", float(quantity), float(price))["info"])

    def raw_sell(self, quantity, price):
        """Past the library's own rounding."""
        return order(self.call(self.ex.private_post_order, {"symbol": SYMBOL, "side": "SELL", "type": "LIMIT", "timeInForce": "GTC",
                                                            "quantity": str(quantity), "price": str(price)}))

    def stop_limit_sell(self, quantity, trigger, price):
        return order(self.call(self.ex.create_order, "BTC/USDT", "limit", "sell", float(quantity), float(price), {"stopLossPrice": float(trigger)})["info"])

    def oco_sell(self, quantity, target, trigger, stop):
        answer = self.call(self.ex.private_post_orderlist_oco, {
            "symbol": SYMBOL, "side": "SELL", "quantity": str(quantity), "aboveType": "LIMIT_MAKER", "abovePrice": str(target),
            "belowType": "STOP_LOSS_LIMIT", "belowStopPrice": str(trigger), "belowPrice": str(stop), "belowTimeInForce": "GTC"})
        return [str(leg["orderId"]) for leg in answer["orders"]]

    def order(self, id): return order(self.call(self.ex.fetch_order, id, "BTC/USDT")["info"])
    def open_orders(self): return [order(raw["info"]) for raw in self.call(self.ex.fetch_open_orders, "BTC/USDT")]
    def cancel(self, id): return self.call(self.ex.cancel_order, id, "BTC/USDT")["info"].get("status")
    def trades(self): return [trade(raw["info"]) for raw in self.call(self.ex.fetch_my_trades, "BTC/USDT")]


class PythonBinance:
    name = "python-binance"

    def __init__(self, base, key, secret):
        from binance.client import Client
        from binance.exceptions import BinanceAPIException
        self.errors = BinanceAPIException
        self.c = Client(key, secret, ping=False)
        self.c.API_URL = base + "/api"

    def call(self, function, **arguments):
        try:
            return function(**arguments)
        except self.errors as error:
            raise Refused(error.code, error.message) from None

    def be_late(self, milliseconds): self.c.timestamp_offset = -milliseconds
    def server_time(self): return self.call(self.c.get_server_time)["serverTime"]
    def markets(self): return {m["symbol"] for m in self.call(self.c.get_exchange_info)["symbols"]}
    def candles(self): return [row[0] for row in self.call(self.c.get_klines, symbol=SYMBOL, interval="1h", limit=5)]
    def last_price(self): return Decimal(self.call(self.c.get_ticker, symbol=SYMBOL)["lastPrice"])
    def balances(self): return balances(self.call(self.c.get_account)["balances"])
    def buy_for(self, cost): return order(self.call(self.c.order_market_buy, symbol=SYMBOL, quoteOrderQty=str(cost)))
    def limit_sell(self, quantity, price): return order(self.call(self.c.order_limit_sell, symbol=SYMBOL, quantity=str(quantity), price=str(price)))
    def limit_buy(self, quantity, price): return order(self.call(self.c.order_limit_buy, symbol=SYMBOL, quantity=str(quantity), price=str(price)))
    raw_sell = limit_sell

    def stop_limit_sell(self, quantity, trigger, price):
        answer = self.call(self.c.create_order, symbol=SYMBOL, side="SELL", type="STOP_LOSS_LIMIT", timeInForce="GTC", quantity=str(quantity),
                           stopPrice=str(trigger), price=str(price))
        return order(self.call(self.c.get_order, symbol=SYMBOL, orderId=answer["orderId"]))

    def oco_sell(self, quantity, target, trigger, stop):
        answer = self.call(self.c.create_oco_order, symbol=SYMBOL, side="SELL", quantity=str(quantity), aboveType="LIMIT_MAKER", abovePrice=str(target),
                           belowType="STOP_LOSS_LIMIT", belowStopPrice=str(trigger), belowPrice=str(stop), belowTimeInForce="GTC")
        return [str(leg["orderId"]) for leg in answer["orders"]]

    def order(self, id): return order(self.call(self.c.get_order, symbol=SYMBOL, orderId=id))
    def open_orders(self): return [order(raw) for raw in self.call(self.c.get_open_orders, symbol=SYMBOL)]
    def cancel(self, id): return self.call(self.c.cancel_order, symbol=SYMBOL, orderId=id).get("status")
    def trades(self): return [trade(raw) for raw in self.call(self.c.get_my_trades, symbol=SYMBOL)]


class BinanceConnector:
    name = "binance-connector"

    def __init__(self, base, key, secret):
        import binance.api
        from binance.error import ClientError
        from binance.spot import Spot
        self.module, self.errors = binance.api, ClientError
        self.module.get_timestamp = lambda: int(time.time() * 1000)
        self.s = Spot(api_key=key, api_secret=secret, base_url=base)

    def call(self, function, *arguments, **named):
        try:
            return function(*arguments, **named)
        except self.errors as error:
            raise Refused(error.error_code, error.error_message) from None

    def be_late(self, milliseconds): self.module.get_timestamp = lambda: int(time.time() * 1000) - milliseconds
    def server_time(self): return self.call(self.s.time)["serverTime"]
    def markets(self): return {m["symbol"] for m in self.call(self.s.exchange_info)["symbols"]}
    def candles(self): return [row[0] for row in self.call(self.s.klines, SYMBOL, "1h", limit=5)]
    def last_price(self): return Decimal(self.call(self.s.ticker_24hr, SYMBOL)["lastPrice"])
    def balances(self): return balances(self.call(self.s.account)["balances"])
    def buy_for(self, cost): return order(self.call(self.s.new_order, symbol=SYMBOL, side="BUY", type="MARKET", quoteOrderQty=str(cost)))

    def limit(self, side, quantity, price):
        return order(self.call(self.s.new_order, symbol=SYMBOL, side=side, type="LIMIT", timeInForce="GTC", quantity=str(quantity), price=str(price)))

    def limit_sell(self, quantity, price): return self.limit("SELL", quantity, price)
    def limit_buy(self, quantity, price): return self.limit("BUY", quantity, price)
    raw_sell = limit_sell

    def stop_limit_sell(self, quantity, trigger, price):
        answer = self.call(self.s.new_order, symbol=SYMBOL, side="SELL", type="STOP_LOSS_LIMIT", timeInForce="GTC", quantity=str(quantity),
                           stopPrice=str(trigger), price=str(price))
        return order(self.call(self.s.get_order, SYMBOL, orderId=answer["orderId"]))

    def oco_sell(self, quantity, target, trigger, stop):
        answer = self.call(self.s.new_oco_order, symbol=SYMBOL, side="SELL", quantity=str(quantity), aboveType="LIMIT_MAKER", abovePrice=str(target),
                           belowType="STOP_LOSS_LIMIT", belowStopPrice=str(trigger), belowPrice=str(stop), belowTimeInForce="GTC")
        return [str(leg["orderId"]) for leg in answer["orders"]]

    def order(self, id): return order(self.call(self.s.get_order, SYMBOL, orderId=id))
    def open_orders(self): return [order(raw) for raw in self.call(self.s.get_open_orders, SYMBOL)]
    def cancel(self, id): return self.call(self.s.cancel_order, SYMBOL, orderId=id).get("status")
    def trades(self): return [trade(raw) for raw in self.call(self.s.my_trades, SYMBOL)]


ALL = {client.name: client for client in (CCXT, PythonBinance, BinanceConnector)}
PACKAGES = {"ccxt": "ccxt==4.5.90", "python-binance": "python-binance==1.0.37", "binance-connector": "binance-connector==3.13.0"}
