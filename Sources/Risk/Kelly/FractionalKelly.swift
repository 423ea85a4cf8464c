// What a part of Kelly keeps of the growth, and how deep it lets the account fall.
// Source: Thorp 2006, The Kelly criterion in blackjack, sports betting and the stock market.
import Kernel

public enum FractionalKelly {
    /// g(c f*) / g(f*) for small edges: 2c - c².
    public static func growthShare(of c: Double) -> Double { 2 * c - c * c }

    /// The continuous limit of P(the account ever falls to x of its start) when betting c of Kelly:
    /// x^(2/c - 1), for 0 < x <= 1. At twice Kelly and beyond it is certain.
    public static func drawdownProbability(to x: Double, at c: Double) -> Double {
        guard c > 0 else { return 0 }
        return min(1, Mathematics.pow(x, 2 / c - 1))
    }
}
