// The program's version, as it stands in journals, requests and on the screen.

package enum Version {
    package static let number = "0.1.0"
    package static var text: String { "carillon \(number)" }
}
