// What a model costs, from configuration. Promise: an estimate is never below what the call can cost at
// these prices, every cost is rounded up, and a model without a price is not asked.
public import Kernel
public import Ports

/// Prices in USD per million tokens.
public struct ModelPricing: Hashable, Codable, Sendable {
    public var input: FixedDecimal
    public var cachedInput: FixedDecimal
    public var output: FixedDecimal
    /// Writing the prompt to a cache; vendors that bill it ask 1.25 times the input price.
    public var cacheWrite: FixedDecimal
    /// These prices hold up to so many prompt tokens (vendors ask more above); longer prompts are refused.
    public var maximumInputTokens: Int

    public init(
        input: FixedDecimal, cachedInput: FixedDecimal? = nil, output: FixedDecimal,
        cacheWrite: FixedDecimal? = nil, maximumInputTokens: Int = 100_000
    ) {
        self.input = input
        self.cachedInput = cachedInput ?? input
        self.output = output
        self.cacheWrite = cacheWrite ?? input.times("1.25", rounding: .up)
        self.maximumInputTokens = maximumInputTokens
    }

    /// `price: free`, and the default on loopback hosts.
    public static let free = ModelPricing(input: .zero, output: .zero, maximumInputTokens: .max)

    /// The most this request can use: a byte-level tokenizer makes no more tokens than there are bytes, and
    /// 1,024 stand for what a provider adds around them.
    public static func inputTokenBound(_ request: ModelRequest) -> Int {
        request.system.utf8.count + request.user.utf8.count + 2 * request.schema.utf8.count + 1_024
    }

    /// USD to reserve before the call: the input bound at its dearest, plus the output cap.
    public func estimateCost(_ request: ModelRequest) -> FixedDecimal {
        let dearest = max(input, max(cacheWrite, cachedInput))
        return Self.cost([(Self.inputTokenBound(request), dearest), (request.maximumOutputTokens, output)])
    }

    /// USD for what was used.
    public func cost(of usage: TokenUsage) -> FixedDecimal {
        let plain = usage.input - usage.cachedInput - usage.cacheWrite
        return Self.cost([(plain, input), (usage.cachedInput, cachedInput), (usage.cacheWrite, cacheWrite), (usage.output, output)])
    }

    private static func cost(_ parts: [(tokens: Int, price: FixedDecimal)]) -> FixedDecimal {
        let total = parts.reduce(FixedDecimal.zero) { $0 + FixedDecimal(max(0, $1.tokens)).times($1.price, rounding: .up) }
        return total.divided(by: "1000000", rounding: .up)
    }
}

/// The price table of one provider.
public struct ModelPrices: Sendable {
    private let table: [String: ModelPricing]
    private let isLoopback: Bool

    /// - Parameter baseURL: where the provider answers; on a loopback host an unlisted model is free.
    public init(_ table: [String: ModelPricing], baseURL: String) {
        self.table = table
        isLoopback = Self.namesLoopback(baseURL)
    }

    /// nil for a model without a price, which must not be asked.
    public func pricing(of model: String) -> ModelPricing? { table[model] ?? (isLoopback ? .free : nil) }

    /// Whether a URL's host is `localhost`, 127.0.0.0/8 or ::1, written out.
    static func namesLoopback(_ url: String) -> Bool {
        guard let scheme = ["http://", "https://"].first(where: { url.lowercased().hasPrefix($0) }) else { return false }
        let authority = url.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
        guard !authority.contains("@") else { return false }
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let host = authority.prefix { $0 != ":" }.lowercased()
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "localhost" || octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
    }
}
