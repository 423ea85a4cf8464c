// What the control port says of itself.
import Kernel

extension ControlDesk {
    static let help: JSONValue = [
        "what": .string(
            "the control port of a test exchange: JSON bodies with Content-Type: application/json, decimals as text, unknown fields are refused; "
                + "no page in a browser may speak to it"),
        "GET /audit": "all balances, orders and trades, and whether the books agree",
        "POST /faults": [
            "which": "method, path (a part of it), containing (a part of the query or body), skip (let so many pass), count (then hit so many)",
            "effect": [
                "loseRequest": "never reaches the venue; how: reset, close or silence",
                "loseAnswer": "is done, the answer is lost; how: reset, close or silence",
                "delay": "milliseconds; when: before (the venue looks at it) or after",
                "answer": "status, code, message, retryAfter, or body and contentType; accepted: whether it is done all the same",
                "page": "an HTML page; status, accepted",
                "huge": "bytes of spaces; accepted",
                "cut": "the connection is reset after so many bytes of the body",
                "rateLimit": "429 to everything for milliseconds",
                "ban": "418 to everything for milliseconds",
                "rewrite": "old becomes new in the answer",
                "reverseRows": "the rows of a list the other way round",
                "doubleRows": "each row of a list twice",
                "dropRows": "a list without its newest rows",
                "wrongPrice": .string(
                    "form: scale or wick (times factor), or stale (the price of this moment under new times); candles: all, "
                        + "or last (the newest that closed); path: klines, ticker/24hr, bookTicker or any other, so that the rest stays right")
            ]
        ],
        "GET /faults": "how many still wait", "DELETE /faults": "forgets them",
        "POST /price": "symbol, price, hold (true: it stands there; false: the market goes on from it)",
        "POST /depth": "symbol, levels, quantity on each; without quantity as before",
        "POST /symbols": "symbol, status (TRADING, HALT, CANCEL_ONLY), tickSize, stepSize, minNotional, maxNumOrders, maxNumAlgoOrders",
        "POST /balances": "asset, change (below zero: taken out)",
        "POST /key": "mayRead, mayTrade, mayWithdraw, isRevoked",
        "POST /limits": "weight, ordersPerTenSeconds, ordersPerDay, refusalsUntilBan",
        "POST /clock/skew": "milliseconds the venue's clock is wrong by",
        "POST /clock/advance": "milliseconds, at most a week at a time; only where time is told",
        "POST /orders": "an order by hand, the parameters of POST /api/v3/order",
        "DELETE /orders": "a cancel by hand: symbol, orderId or origClientOrderId"
    ]
}
