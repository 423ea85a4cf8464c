// The wallet's addresses that client libraries ask when they start: what a key may do, coins, fees, margin
// (of which there is none).
import Kernel
import Market
import Matching
import StrictJSON

extension Route {
    static let wallet: [Route] = [
        Route("GET", "/sapi/v1/account/apiRestrictions", weight: 1, .read) { (venue, _) throws(BinanceError) in BinanceReply(venue.restrictions) },
        Route("GET", "/sapi/v1/capital/config/getall", weight: 10, .read) { (venue, _) throws(BinanceError) in
            BinanceReply(.array(venue.currencies.map(venue.coin)))
        },
        Route("GET", "/sapi/v1/asset/tradeFee", weight: 1, .read, ["symbol"]) { (venue, parameters) throws(BinanceError) in
            let symbols = parameters.has("symbol") ? [try venue.symbol(parameters)] : venue.traded
            return BinanceReply(
                .array(
                    symbols.map {
                        [
                            "symbol": .string($0.venueName), "makerCommission": .string(venue.settings.makerFee.description),
                            "takerCommission": .string(venue.settings.takerFee.description)
                        ]
                    }))
        },
        Route("GET", "/sapi/v1/system/status", weight: 1) { (_, _) throws(BinanceError) in BinanceReply(["status": 0, "msg": "normal"]) },
        nothing("/sapi/v1/margin/allPairs", ["symbol"]), nothing("/sapi/v1/margin/isolated/allPairs", ["symbol"]),
        nothing("/sapi/v1/margin/allAssets", ["asset"])
    ]

    /// Asked with a key and without a signature; libraries that sign it all the same are not refused.
    private static func nothing(_ path: String, _ known: [String]) -> Route {
        Route("GET", path, weight: 1, .none, known + ["timestamp", "recvWindow", "signature"]) { (_, _) throws(BinanceError) in BinanceReply([]) }
    }
}

extension VenueState {
    fileprivate var restrictions: JSONValue {
        let key = settings.key
        return [
            "ipRestrict": false, "createTime": .time(opened), "enableReading": .bool(key.mayRead), "enableSpotAndMarginTrading": .bool(key.mayTrade),
            "enableWithdrawals": .bool(key.mayWithdraw), "enableInternalTransfer": false, "enableMargin": false, "enableFutures": false,
            "permitsUniversalTransfer": false, "enableVanillaOptions": false, "enableFixApiTrade": false, "enableFixReadOnly": false,
            "enablePortfolioMarginTrading": false
        ]
    }

    fileprivate func coin(_ currency: Currency) -> JSONValue {
        let held = core.balance(.trader, currency)
        let network: JSONValue = [
            "network": .string(currency.code), "coin": .string(currency.code), "name": .string(currency.code), "isDefault": true,
            "depositEnable": true, "withdrawEnable": true, "withdrawFee": "0", "withdrawMin": "0", "withdrawMax": "100000000",
            "withdrawIntegerMultiple": "0.00000001", "depositDesc": "", "withdrawDesc": "", "minConfirm": 1, "unLockConfirm": 0
        ]
        return [
            "coin": .string(currency.code), "name": .string(currency.code), "depositAllEnable": true, "withdrawAllEnable": true,
            "free": .amount(held?.free ?? .zero), "locked": .amount(held?.locked ?? .zero), "freeze": "0", "withdrawing": "0", "ipoing": "0",
            "ipoable": "0",
            "storage": "0", "isLegalMoney": false, "trading": true, "networkList": [network]
        ]
    }
}
