// The key an account trades with, and the check of a signed request against it: key, moment, signature.
public import Kernel
import Signing

public struct BinanceKey: Sendable {
    public var key: String
    public var secret: Secret
    public var mayRead = true
    public var mayTrade = true
    public var mayWithdraw = false
    /// A key its owner has deleted.
    public var isRevoked = false

    public init(key: String, secret: Secret) {
        self.key = key
        self.secret = secret
    }
}

/// What an endpoint demands of a client.
enum Security: Sendable {
    case none
    /// Reads the account.
    case read
    case trade
}

extension BinanceKey {
    /// The venue's checks in its order: key there and well-formed, moment there and in its window, key known, signature, rights.
    func check(_ request: BinanceRequest, _ parameters: Parameters, _ security: Security, at now: Timestamp) throws(BinanceError) {
        let isWallet = request.path.hasPrefix("/sapi/")
        guard let given = request.key else { throw isWallet ? .unauthorised : .keyFormat }
        guard (1...128).contains(given.utf8.count), given.utf8.allSatisfy(Self.mayStandInKey) else { throw .keyFormat }
        let stamp = try parameters.required("timestamp", try parameters.moment("timestamp"))
        let signature = try parameters.required("signature", try parameters.text("signature"))
        try Self.checkMoment(stamp, window: try parameters.decimal("recvWindow"), now)
        guard given == key, !isRevoked else { throw .key }
        guard signature.utf8.count == 64, signature.utf8.allSatisfy(Self.isHexadecimal) else { throw .signature }
        let expected = Hex.encode(HMAC.sha256(key: Array(secret.reveal().utf8), Array(request.signed.utf8)))
        guard ConstantTime.equal(Array(expected.utf8), Array(signature.lowercased().utf8)) else { throw .signature }
        guard security == .trade ? mayTrade : mayRead else { throw .key }
    }

    /// - Parameter window: milliseconds, at most 60000; 5000 if none is sent.
    private static func checkMoment(_ stamp: Timestamp, window: FixedDecimal?, _ now: Timestamp) throws(BinanceError) {
        let window = window ?? FixedDecimal(5_000)
        guard window <= FixedDecimal(60_000) else { throw .window }
        guard stamp < now + .seconds(1) else { throw .early }
        guard FixedDecimal(Int((now - stamp).milliseconds)) <= window else { throw .late }
    }

    private static func mayStandInKey(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
    }
    private static func isHexadecimal(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...102).contains(byte | 32) }
}
