// The fear and greed index: one number a day. All its values are strings; the number is believed, its
// label is ours.
public import Kernel
public import Ports
import StrictJSON

public struct FearGreedFeed: SentimentFeed {
    /// It is published daily; two days without a new one is an outage.
    public static let maximumAge = TimeSpan.hours(48)

    public let name: String
    private let url: String
    private let client: FeedClient
    private let clock: any Clock

    public init(
        name: String = "fear and greed", baseURL: String = "https://api.alternative.me", transport: any HTTPTransport,
        gate: HostGate, clock: any Clock
    ) {
        self.name = name
        url = baseURL + "/fng/?limit=1&format=json"
        client = FeedClient(source: name, transport: transport, gate: gate)
        self.clock = clock
    }

    public func latest() async throws(FeedError) -> SentimentReading {
        let now = clock.now
        let response = try await client.get(url, maximumBytes: 1 << 20, now: now)
        let answer = try JSONField.parse(response.body, source: name)
        if let complaint = answer["metadata"]?["error"] {
            throw FeedError(.unavailable, source: name, SafeText.short(complaint.text ?? "an error without words"))
        }
        guard let readings = answer["data"]?.elements?.map(Self.reading), !readings.isEmpty, !readings.contains(where: { $0 == nil }),
            let newest = readings.compactMap({ $0 }).max(by: { $0.time < $1.time })
        else {
            throw FeedError(.malformed, source: name, "no reading")
        }
        guard newest.time <= now + .days(1) else { throw FeedError(.malformed, source: name, "a reading from \(newest.time)") }
        guard now - newest.time <= Self.maximumAge else { throw FeedError(.stale, source: name, "as of \(newest.time)") }
        return newest
    }

    private static func reading(_ row: JSONField) -> SentimentReading? {
        guard let value = row["value"]?.text.flatMap({ Int($0) }), (0...100).contains(value),
            let seconds = row["timestamp"]?.text.flatMap({ Int64($0) }), (1..<7_258_118_400).contains(seconds)
        else { return nil }
        return SentimentReading(value: value, label: label(value), time: Timestamp(milliseconds: seconds * 1_000))
    }

    static func label(_ value: Int) -> String {
        switch value {
        case ..<25: "extreme fear"
        case ..<47: "fear"
        case ..<55: "neutral"
        case ..<76: "greed"
        default: "extreme greed"
        }
    }
}
