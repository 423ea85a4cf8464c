// History from a venue into the store, month by month, several months at once. A month is committed or it is
// not there, so a backfill that was killed goes on with the month it was at.
import Kernel
public import Market
public import Ports

public struct Backfill: Sendable {
    private let feed: any MarketFeed
    private let writer: CandleStoreWriter
    private let clock: any Clock
    /// Months fetched side by side: enough to hide the way to the venue, few enough for its limits.
    private let width: Int

    /// A month of a pair that is wanted.
    public struct Job: Hashable, Sendable {
        public let symbol: Symbol
        public let month: Month
    }

    public struct Failure: Hashable, Sendable {
        public let job: Job
        public let reason: String
        /// Whether the venue failed; false if the store itself is damaged there.
        public let isTheVenues: Bool
    }

    public struct Result: Sendable {
        public internal(set) var committed = 0, alreadyThere = 0, empty = 0, candles = 0
        /// Candles that the venue lacks after the first one it gave of a month: not there, or cut short by an outage.
        public internal(set) var missing = 0
        public internal(set) var failures: [Failure] = []
        /// Months that were not asked for, because something failed before that would fail again.
        public internal(set) var notAsked = 0
    }

    /// What became of one month.
    public enum Step: Sendable {
        case committed(Job, candles: Int, missing: Int)
        /// Complete before, or nothing newer is to be had.
        case alreadyThere(Job)
        /// The venue has no candle of it, or had none when it was asked before.
        case empty(Job)
        case failed(Failure)
    }

    public init(from feed: any MarketFeed, into writer: CandleStoreWriter, clock: any Clock, atOnce width: Int = 4) {
        self.feed = feed
        self.writer = writer
        self.clock = clock
        self.width = max(1, width)
    }

    private enum Fetched: Sendable {
        /// The candles of a month, as far as the moment given.
        case candles([Candle], Job, to: Timestamp)
        case nothingMissing(Job)
        case failed(Failure, FeedError?)
    }

    /// Months in order of time, pairs beside each other; `onStep` hears each step, and how many of how many are done.
    public func run(_ symbols: [Symbol], _ timeframe: Timeframe, _ months: [Month], onStep: (Step, Int, Int) -> Void) async throws(CandleStoreError)
        -> Result
    {
        let jobs = months.flatMap { month in symbols.map { Job(symbol: $0, month: month) } }
        var empty: [Symbol: EmptyMonths] = [:]
        for symbol in symbols { empty[symbol] = try EmptyMonths(symbol, timeframe, at: feed.name, in: writer.store) }
        var result = Result(), problem: CandleStoreError?
        await withTaskGroup(of: Fetched.self) { group in
            var waiting = jobs[...], done = 0, isOver = false, absent: Set<Symbol> = []
            func begin() {
                while let job = waiting.first, !isOver {
                    waiting = waiting.dropFirst()
                    if absent.contains(job.symbol) { result.notAsked += 1; done += 1; continue }
                    let isEmpty = empty[job.symbol]?.contains(job.month) ?? false
                    group.addTask { isEmpty ? .candles([], job, to: job.month.start) : await fetch(job, timeframe) }
                    return
                }
            }
            for _ in 0..<width { begin() }
            for await fetched in group {
                done += 1
                do throws(CandleStoreError) {
                    let step = try take(fetched, timeframe, &result)
                    if case .empty(let job) = step { try empty[job.symbol]?.add(job.month, at: clock.now) }
                    onStep(step, done, jobs.count)
                    if case .failed(_, let error?) = fetched {
                        // An unknown pair is one pair's matter; anything else would meet the next month too.
                        if case .failed(let failure, _) = fetched, error.kind == .notFound {
                            absent.insert(failure.job.symbol)
                        } else {
                            isOver = true
                        }
                    }
                } catch {
                    problem = problem ?? error
                    isOver = true
                }
                if isOver { group.cancelAll() }
                begin()
            }
            result.notAsked += waiting.count
        }
        if let problem { throw problem }
        return result
    }

    private func take(_ fetched: Fetched, _ timeframe: Timeframe, _ result: inout Result) throws(CandleStoreError) -> Step {
        switch fetched {
        case .nothingMissing(let job):
            result.alreadyThere += 1
            return .alreadyThere(job)
        case .failed(let failure, _):
            result.failures.append(failure)
            return .failed(failure)
        case .candles(let candles, let job, let end):
            guard let first = candles.first else {
                result.empty += 1
                return .empty(job)
            }
            _ = try writer.commit(candles, of: job.symbol, timeframe, in: job.month)
            result.committed += 1
            result.candles += candles.count
            let missing = Int((end - first.openTime).milliseconds / timeframe.duration.milliseconds) - candles.count
            result.missing += missing
            return .committed(job, candles: candles.count, missing: missing)
        }
    }

    /// Fetches what comes after the newest candle that is there; the whole month if there is none.
    private func fetch(_ job: Job, _ timeframe: Timeframe) async -> Fetched {
        do {
            let end = min(job.month.end, clock.now.floored(to: timeframe.duration))
            var start = job.month.start
            do throws(CandleStoreError) {
                let known = try writer.store.candles(job.symbol, timeframe, from: start, to: job.month.end)
                if let last = known.last { start = last.closeTime(timeframe) }
            } catch {
                guard case .noCandles = error else { return .failed(Failure(job: job, reason: error.description, isTheVenues: false), nil) }
            }
            guard start < end else { return .nothingMissing(job) }
            let candles = try await Fetcher(feed: feed, symbol: job.symbol, timeframe: timeframe).candles(from: start, to: end)
            return candles.isEmpty && start > job.month.start ? .nothingMissing(job) : .candles(candles, job, to: end)
        } catch {
            return .failed(Failure(job: job, reason: "\(feed.name): \(error.detail)", isTheVenues: true), error)
        }
    }
}
