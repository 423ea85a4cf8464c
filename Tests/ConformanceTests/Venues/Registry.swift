// Every venue the suite runs on: one line each.
enum Registry {
    static let venues: [RegisteredVenue] = [.binance, .receipts, .paper, .fake]
}
