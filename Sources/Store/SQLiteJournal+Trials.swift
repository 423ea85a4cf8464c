// What the lab tried: each trial once, however often it is run. Append-only; the number of tries that a
// deflated Sharpe ratio needs is counted here.
import GRDB
public import Kernel
public import Ports
public import Statistics

/// One backtest of a strategy with values for its parameters, on some candles.
public struct TrialRecord: Hashable, Sendable {
    public let strategy: String
    public let version: Int
    /// Names the rules as bound: the same text means the same trial.
    public let rules: String
    /// `name=value`, in the strategy's order.
    public let parameters: String
    /// Daily returns.
    public let days: Int
    /// The Sharpe ratio of those returns; nil if they have none.
    public let sharpe: ProbabilisticSharpe?
    public let finalEquity: FixedDecimal
    public let trades: Int

    public init(
        strategy: String, version: Int, rules: String, parameters: String, days: Int, sharpe: ProbabilisticSharpe?, finalEquity: FixedDecimal,
        trades: Int
    ) {
        (self.strategy, self.version, self.rules, self.parameters) = (strategy, version, rules, parameters)
        (self.days, self.sharpe, self.finalEquity, self.trades) = (days, sharpe, finalEquity, trades)
    }
}

/// The candles of a trial, by which trials are told apart.
public struct TrialData: Hashable, Sendable {
    /// The same text means the same candles.
    public let fingerprint: String
    /// JSON: what the fingerprint was taken of.
    public let about: String

    public init(fingerprint: String, about: String) { (self.fingerprint, self.about) = (fingerprint, about) }
}

extension SQLiteJournal {
    /// Writes trials in one transaction; those that are on record already stay as they are.
    /// - Parameter program: the version that ran them; what another version found is another row of the same trial.
    public func count(_ trials: [TrialRecord], on data: TrialData, by program: String, at time: Timestamp) throws(JournalError) {
        try access {
            try self.shortenLog()
            try self.queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try db.execute(sql: "INSERT OR IGNORE INTO trial_data(data, about) VALUES (?, ?)", arguments: [data.fingerprint, data.about])
                    let insert = try db.cachedStatement(
                        sql: """
                            INSERT OR IGNORE INTO trials(at, strategy, version, rules, data, parameters, days, sharpe, skew, kurtosis, equity, \
                            trades, program)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    for trial in trials {
                        try insert.execute(arguments: [
                            time.milliseconds, trial.strategy, trial.version, trial.rules, data.fingerprint, trial.parameters, trial.days,
                            trial.sharpe?.sharpe,
                            trial.sharpe?.skew, trial.sharpe?.kurtosis, trial.finalEquity.description, trial.trades, program
                        ])
                    }
                    return .commit
                }
            }
        }
    }

    /// The trials of a strategy on some candles, as one version of the program found them.
    public func trials(of strategy: String, on data: TrialData, by program: String) throws(JournalError) -> [TrialRecord] {
        try access {
            try self.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM trials WHERE strategy = ? AND data = ? AND program = ? ORDER BY rules",
                    arguments: [strategy, data.fingerprint, program]
                )
                .map { try Self.trial($0, self.path) }
            }
        }
    }

    /// The daily Sharpe ratio of every trial under a strategy's name, each trial once and as it was found last; nil
    /// if a trial has none. The order does not depend on when they were run.
    public func trialSharpes(of strategy: String) throws(JournalError) -> [Double?] {
        try access {
            try self.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT sharpe FROM trials WHERE strategy = ? AND id IN (SELECT max(id) FROM trials WHERE strategy = ? GROUP BY data, rules)
                        ORDER BY data, rules
                        """, arguments: [strategy, strategy]
                ).map { try $0.read("sharpe") }
            }
        }
    }

    private static func trial(_ row: Row, _ path: String) throws -> TrialRecord {
        let equity: String = try row.read("equity"), days: Int = try row.read("days")
        let sharpe: Double? = try row.read("sharpe"), skew: Double? = try row.read("skew"), kurtosis: Double? = try row.read("kurtosis")
        guard let finalEquity = FixedDecimal(equity) else {
            throw JournalError.damaged("\(path) holds a trial whose equity is no number", sequence: nil)
        }
        var shape: ProbabilisticSharpe?
        if let sharpe, let skew, let kurtosis { shape = ProbabilisticSharpe(sharpe: sharpe, count: days, skew: skew, kurtosis: kurtosis) }
        return TrialRecord(
            strategy: try row.read("strategy"), version: try row.read("version"), rules: try row.read("rules"),
            parameters: try row.read("parameters"), days: days, sharpe: shape, finalEquity: finalEquity, trades: try row.read("trades"))
    }
}
