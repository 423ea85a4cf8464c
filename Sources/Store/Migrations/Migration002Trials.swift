// The lab's record of what was tried. It stands outside the chain, because a backtest has no account and no world;
// triggers refuse to change or remove a trial, whoever asks, so that no number of tries is ever typed or mended.
import GRDB

enum Migration002Trials {
    static func run(_ db: Database) throws {
        try db.execute(
            sql: """
                -- The candles of trials: their fingerprint, and what it was taken of.
                CREATE TABLE trial_data(data TEXT PRIMARY KEY, about TEXT NOT NULL) WITHOUT ROWID;

                -- sharpe, skew and kurtosis are those of daily returns, NULL where they have none; equity is exact.
                CREATE TABLE trials(
                    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, strategy TEXT NOT NULL, version INTEGER NOT NULL, rules TEXT NOT NULL,
                    data TEXT NOT NULL, parameters TEXT NOT NULL, days INTEGER NOT NULL, sharpe REAL, skew REAL, kurtosis REAL,
                    equity TEXT NOT NULL, trades INTEGER NOT NULL, program TEXT NOT NULL, UNIQUE(strategy, data, rules, program));

                CREATE TRIGGER trials_are_never_changed BEFORE UPDATE ON trials
                    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
                CREATE TRIGGER trials_are_never_removed BEFORE DELETE ON trials
                    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
                CREATE TRIGGER trial_data_are_never_changed BEFORE UPDATE ON trial_data
                    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
                CREATE TRIGGER trial_data_are_never_removed BEFORE DELETE ON trial_data
                    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
                """)
    }
}
