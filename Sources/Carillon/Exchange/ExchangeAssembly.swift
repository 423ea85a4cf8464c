import Ports
enum ExchangeAssembly {
    static func anonymous(_ options: ExchangeOptions) throws -> any Exchange { fatalError() }
    static func signed(_ options: ExchangeOptions) throws -> any Exchange { fatalError() }
}
