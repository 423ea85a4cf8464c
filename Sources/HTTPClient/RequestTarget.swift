// Where a request goes, checked before anything is sent: scheme, host, and no byte that could end a
// line. libcurl's own URL parser names the host, so what is checked is what is connected to.
import CCurl
import Ports

struct RequestTarget: Sendable {
    static let maximumRedirects = 3
    let url: String
    let host: String
    let isLoopback: Bool

    /// The target of a caller's request; its headers are checked as well.
    init(checking request: HTTPRequest) throws(HTTPError) {
        for (name, value) in request.headers {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
                throw .unreachable("refused: a header name holds a character it may not")
            }
            guard !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) else {
                throw .unreachable("refused: the value of header \(name) holds a control character")
            }
        }
        guard request.method != .get || request.body.isEmpty else { throw .unreachable("refused: a GET carries no body") }
        try self.init(request.url)
        guard isLoopback || url.hasSecureScheme else { throw .tls("plain http is only for loopback hosts") }
    }

    /// The next hop of a redirect: https, and not from the network into this machine.
    init(redirectedTo url: String, from previous: RequestTarget) throws(HTTPError) {
        try self.init(url)
        guard self.url.hasSecureScheme else { throw .tls("redirected to something other than https") }
        guard previous.isLoopback || !isLoopback else { throw .unreachable("refused: redirected to a loopback host") }
    }

    private init(_ text: String) throws(HTTPError) {
        guard !text.isEmpty, text.utf8.count <= 16_384, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw .unreachable("refused: the URL is empty, too long, or holds a character that must be percent-encoded")
        }
        guard let parsed = curl_url() else { throw .unreachable("libcurl could not be started") }
        defer { curl_url_cleanup(parsed) }
        guard curl_url_set(parsed, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: parsed), scheme == "https" || scheme == "http",
            let host = Self.part(CURLUPART_HOST, of: parsed), !host.isEmpty
        else {
            throw .unreachable("refused: not an http or https URL without a user name")
        }
        url = text
        self.host = host
        isLoopback = Self.namesLoopback(host)
    }

    private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// `localhost`, 127.0.0.0/8 or ::1, written out: no name that merely resolves there.
    static func namesLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127"
            && octets.allSatisfy { $0.count <= 3 && $0.utf8.allSatisfy { (48...57).contains($0) } && UInt8($0) != nil }
    }

    /// RFC 9110 `tchar`.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension String {
    fileprivate var hasSecureScheme: Bool { utf8.count > 8 && utf8.prefix(8).elementsEqual("https://".utf8, by: { $0 | 0x20 == $1 | 0x20 }) }
}

extension HTTPRequest {
    /// Redirects are for plain reads only. A header outside this list could be a secret, so such a request stays put.
    var mayFollowRedirects: Bool {
        let harmless: Set<String> = ["accept", "accept-language", "if-modified-since", "if-none-match", "user-agent"]
        return followsRedirects && method == .get && headers.allSatisfy { harmless.contains($0.name.lowercased()) }
    }
}
