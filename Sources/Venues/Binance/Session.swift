// What a BinanceExchange remembers between requests: the venue's clock, whether the key was refused, and the
// symbols' names. Nothing here outlives the process.
import Kernel
import Market
import Ports
import Trading

actor Session {
    /// Venue time minus ours; none until it was measured.
    private(set) var offset = TimeSpan(milliseconds: 0)
    /// The venue found our clock wrong: the next signed request measures it first.
    private(set) var mustMeasure = false
    /// Why the key was refused; from then on nothing signed is sent.
    private(set) var refusal: String?
    private var symbols: [String: Symbol] = [:]
    /// Names that the venue's own list did not explain.
    private var foreign: Set<String> = []

    func measured(_ clock: VenueClock) {
        offset = clock.offset
        mustMeasure = false
    }
    func clockIsWrong() { mustMeasure = true }
    func refuse(_ why: String) { refusal = refusal ?? why }

    func learn(_ rules: [InstrumentRules]) { symbols = Dictionary(rules.map { ($0.symbol.venueName, $0.symbol) }) { first, _ in first } }
    func symbols(named names: [String]) -> [Symbol?] { names.map { symbols[$0] } }
    func hasNews(in names: [String]) -> Bool { names.contains { symbols[$0] == nil && !foreign.contains($0) } }
    func rememberForeign(_ names: [String]) { foreign = Set(names.filter { symbols[$0] == nil }) }
}
