// What every question to a model is written down with. Holds no key: keys stay with the adapters.
public import Kernel
public import Ports

public struct CallDesk: Sendable {
    let journal: any Journal
    let clock: any Clock
    /// USD a UTC day.
    let dailyBudget: FixedDecimal
    let hash: @Sendable ([UInt8]) -> String
    let compress: @Sendable ([UInt8]) -> [UInt8]

    public init(
        journal: any Journal, clock: any Clock, dailyBudget: FixedDecimal, hash: @escaping @Sendable ([UInt8]) -> String,
        compress: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.journal = journal
        self.clock = clock
        self.dailyBudget = dailyBudget
        self.hash = hash
        self.compress = compress
    }

    /// The text as a blob and its hash.
    func blob(_ text: String) -> Blob {
        let bytes = Array(text.utf8)
        return Blob(hash: hash(bytes), bytes: compress(bytes))
    }
}
