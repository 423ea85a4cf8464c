// A venue's rules for one instrument in full, and the one check of an order against them: the same code
// answers "would this be taken?" before sending, inside the exchange server, and on paper.
public import Kernel
public import Market

/// Every rule a spot order must meet. A nil rule is off.
public struct InstrumentRules: Hashable, Sendable {
    public enum Status: Hashable, Sendable {
        case trading
        case halted
        /// Cancels are taken, new orders are not.
        case cancelOnly
        case unrecognised(String)
    }
    /// Bounds and a grid; a zero in a venue's answer is a nil here.
    public struct Range: Hashable, Sendable {
        public var minimum: FixedDecimal?
        public var maximum: FixedDecimal?
        public var step: FixedDecimal?
        public init(minimum: FixedDecimal? = nil, maximum: FixedDecimal? = nil, step: FixedDecimal? = nil) {
            self.minimum = minimum
            self.maximum = maximum
            self.step = step
        }
    }
    public struct NotionalRule: Hashable, Sendable {
        public var minimum: FixedDecimal?
        public var appliesMinimumToMarket: Bool
        public var maximum: FixedDecimal?
        public var appliesMaximumToMarket: Bool
        public init(minimum: FixedDecimal?, appliesMinimumToMarket: Bool = true, maximum: FixedDecimal? = nil, appliesMaximumToMarket: Bool = false) {
            self.minimum = minimum
            self.appliesMinimumToMarket = appliesMinimumToMarket
            self.maximum = maximum
            self.appliesMaximumToMarket = appliesMaximumToMarket
        }
    }
    /// How far a price may be from the average: as multiples of it, by side.
    public struct PercentPrice: Hashable, Sendable {
        public var bidUp: FixedDecimal
        public var bidDown: FixedDecimal
        public var askUp: FixedDecimal
        public var askDown: FixedDecimal
        public init(bidUp: FixedDecimal, bidDown: FixedDecimal, askUp: FixedDecimal, askDown: FixedDecimal) {
            self.bidUp = bidUp
            self.bidDown = bidDown
            self.askUp = askUp
            self.askDown = askDown
        }
    }

    public var symbol: Symbol
    public var status: Status
    public var orderTypes: Set<OrderType>
    public var orderLists: Set<OrderListKind>
    public var allowsQuoteAmount: Bool
    public var allowsCancelReplace: Bool
    /// Places after the point that amounts of base and quote may have.
    public var basePrecision: Int
    public var quotePrecision: Int
    public var price: Range
    public var lot: Range
    /// For market orders, beside `lot`.
    public var marketLot: Range
    public var notional: NotionalRule?
    public var percentPrice: PercentPrice?
    /// Whether `percentPrice` was given per side (only its name in refusals differs).
    public var percentPriceBySide: Bool
    /// How far back the trades go whose average market notionals and percent prices are held against; zero means the last price.
    public var averagingWindow: TimeSpan
    public var maximumOrders: Int?
    /// Orders with a trigger.
    public var maximumAlgoOrders: Int?
    public var maximumOrderLists: Int?
    /// The most base units an account may own, open buys included.
    public var maximumPosition: FixedDecimal?

    public init(
        symbol: Symbol, status: Status = .trading, orderTypes: Set<OrderType> = Set(OrderType.allCases),
        orderLists: Set<OrderListKind> = Set(OrderListKind.allCases),
        allowsQuoteAmount: Bool = true, allowsCancelReplace: Bool = true, basePrecision: Int = 8, quotePrecision: Int = 8, price: Range, lot: Range,
        marketLot: Range = Range(), notional: NotionalRule? = nil, percentPrice: PercentPrice? = nil, percentPriceBySide: Bool = true,
        averagingWindow: TimeSpan = TimeSpan(milliseconds: 0),
        maximumOrders: Int? = nil, maximumAlgoOrders: Int? = nil, maximumOrderLists: Int? = nil, maximumPosition: FixedDecimal? = nil
    ) {
        self.symbol = symbol
        self.status = status
        self.orderTypes = orderTypes
        self.orderLists = orderLists
        self.allowsQuoteAmount = allowsQuoteAmount
        self.allowsCancelReplace = allowsCancelReplace
        self.basePrecision = basePrecision
        self.quotePrecision = quotePrecision
        self.price = price
        self.lot = lot
        self.marketLot = marketLot
        self.notional = notional
        self.percentPrice = percentPrice
        self.percentPriceBySide = percentPriceBySide
        self.averagingWindow = averagingWindow
        self.maximumOrders = maximumOrders
        self.maximumAlgoOrders = maximumAlgoOrders
        self.maximumOrderLists = maximumOrderLists
        self.maximumPosition = maximumPosition
    }

    /// The rules of an instrument of which no more is known.
    public init(_ instrument: Instrument) {
        self.init(
            symbol: instrument.symbol, orderTypes: [.market], orderLists: [], price: Range(minimum: instrument.tickSize, step: instrument.tickSize),
            lot: Range(minimum: instrument.lotStep, step: instrument.lotStep), notional: NotionalRule(minimum: instrument.minNotional))
    }

    /// The short form the engine sizes with; nil if tick or lot are off.
    public var instrument: Instrument? {
        guard let tick = price.step, let step = lot.step else { return nil }
        return Instrument(symbol: symbol, tickSize: tick, lotStep: step, minNotional: notional?.minimum ?? .zero)
    }
}

/// A rule an order breaks. Each venue's target has the venue's own name of it.
public enum InstrumentFilter: Hashable, Sendable, CaseIterable {
    case price
    case lot
    case marketLot
    case notional
    case percentPrice
    case percentPriceBySide
    case maximumOrders
    case maximumAlgoOrders
    case maximumOrderLists
    case maximumPosition
}

extension InstrumentRules {
    /// The first rule of number that this order breaks, in the order price, percent, lot, market lot, notional; nil
    /// if it breaks none. Rules of count and position need the account and are not checked here.
    /// - Parameter average: the reference price for market notionals and percent prices; nil leaves those rules
    ///   out if they need it.
    public func violation(_ side: Side, _ kind: OrderKind, average: Price?) -> InstrumentFilter? {
        for price in [kind.price, kind.trigger].compactMap({ $0 }) where !price.value.fits(self.price) { return .price }
        if let price = kind.price, let percentPrice, let average, !percentPrice.admits(price, side, average: average) {
            return percentPriceBySide ? .percentPriceBySide : .percentPrice
        }
        guard let quantity = kind.quantity else {
            guard case .market(.quote(let amount)) = kind else { return nil }
            return notional?.admits(amount, isMarket: true) ?? true ? nil : .notional
        }
        guard quantity.value.fits(lot) else { return .lot }
        let executesAtMarket = kind.price == nil
        if executesAtMarket, !quantity.value.fits(marketLot) { return .marketLot }
        guard let notional else { return nil }
        guard let reference = kind.price ?? kind.trigger ?? average else { return nil }
        // Beyond what a decimal holds is beyond any maximum.
        guard let value = quantity.value.checkedTimes(reference.value, rounding: .down) else { return .notional }
        return notional.admits(value, isMarket: executesAtMarket) ? nil : .notional
    }
}

extension FixedDecimal {
    fileprivate func fits(_ range: InstrumentRules.Range) -> Bool {
        if let minimum = range.minimum, self < minimum { return false }
        if let maximum = range.maximum, self > maximum { return false }
        if let step = range.step, rounded(toMultipleOf: step, .down) != self { return false }
        return true
    }
}

extension InstrumentRules.NotionalRule {
    fileprivate func admits(_ value: FixedDecimal, isMarket: Bool) -> Bool {
        if let minimum, !isMarket || appliesMinimumToMarket, value < minimum { return false }
        if let maximum, !isMarket || appliesMaximumToMarket, value > maximum { return false }
        return true
    }
}

extension InstrumentRules.PercentPrice {
    fileprivate func admits(_ price: Price, _ side: Side, average: Price) -> Bool {
        let (up, down) = side == .buy ? (bidUp, bidDown) : (askUp, askDown)
        guard let top = average.value.checkedTimes(up, rounding: .up), let bottom = average.value.checkedTimes(down, rounding: .down) else {
            return false
        }
        return price.value <= top && price.value >= bottom
    }
}
