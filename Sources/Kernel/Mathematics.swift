// The only door to libm: everything in the core that needs a logarithm comes through here, so that the
// rest of it imports nothing at all.
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

public enum Mathematics {
    public static func log(_ x: Double) -> Double { _log(x) }
    public static func exp(_ x: Double) -> Double { _exp(x) }
    public static func pow(_ x: Double, _ y: Double) -> Double { _pow(x, y) }
    public static func sin(_ x: Double) -> Double { _sin(x) }
    public static func cos(_ x: Double) -> Double { _cos(x) }
    /// The complementary error function: 2/√π ∫ e^-t² from x on.
    public static func erfc(_ x: Double) -> Double { _erfc(x) }
    /// log(x / (1 - x)) for 0 < x < 1.
    public static func logit(_ x: Double) -> Double { _log(x / (1 - x)) }
    /// 1 / (1 + e^-x).
    public static func sigmoid(_ x: Double) -> Double { x >= 0 ? 1 / (1 + _exp(-x)) : _exp(x) / (1 + _exp(x)) }
}

private func _log(_ x: Double) -> Double { log(x) }
private func _exp(_ x: Double) -> Double { exp(x) }
private func _pow(_ x: Double, _ y: Double) -> Double { pow(x, y) }
private func _sin(_ x: Double) -> Double { sin(x) }
private func _cos(_ x: Double) -> Double { cos(x) }
private func _erfc(_ x: Double) -> Double { erfc(x) }
