// One request on its way: the easy handle, what has arrived so far, and who waits for it.
// Made by the caller, then owned by the event thread; the body is counted after decompression.
import CCurl
import Kernel
import Ports
import Synchronization

struct TransferSettings: Sendable {
    let userAgent: String
    let connectTimeout: TimeSpan
    let certificateFile: String?
}

/// A response and, if it is a redirect, the absolute URL it points to.
typealias TransferResult = (response: HTTPResponse, redirect: String?)

final class Transfer: @unchecked Sendable {
    typealias Result = Swift.Result<TransferResult, HTTPError>
    /// Header lines beyond this many bytes end the transfer.
    static let maximumHeaderBytes = 65_536

    let isCancelled = Atomic<Bool>(false)
    var continuation: CheckedContinuation<Result, Never>?
    private(set) var handle: UnsafeMutableRawPointer?

    private let request: HTTPRequest
    private let target: RequestTarget
    private let timeout: TimeSpan
    private let settings: TransferSettings
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var headers: [(name: String, value: String)] = []
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var exceeded: Int?

    init(_ request: HTTPRequest, target: RequestTarget, timeout: TimeSpan, settings: TransferSettings) {
        self.request = request
        self.target = target
        self.timeout = timeout
        self.settings = settings
    }

    /// The configured handle, or nil if libcurl no longer takes one of the options.
    func prepare() -> UnsafeMutableRawPointer? {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        let options = OptionSetter(handle: handle)
        setLimits(options)
        setSecurity(options)
        setRequest(options)
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.set(CURLOPT_WRITEDATA, context)
        options.set(CURLOPT_HEADERDATA, context)
        options.set(
            CURLOPT_WRITEFUNCTION,
            callback: { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
            })
        options.set(
            CURLOPT_HEADERFUNCTION,
            callback: { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
            })
        return options.failed ? nil : handle
    }

    private func setLimits(_ options: OptionSetter) {
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_TIMEOUT_MS, Int(timeout.milliseconds))
        options.set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, min(settings.connectTimeout, timeout).milliseconds)))
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        options.set(CURLOPT_ACCEPT_ENCODING, "gzip, deflate")
        options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func setSecurity(_ options: OptionSetter) {
        options.set(CURLOPT_PROTOCOLS_STR, target.isLoopback ? "http,https" : "https")
        options.set(CURLOPT_SSL_VERIFYPEER, 1)
        options.set(CURLOPT_SSL_VERIFYHOST, 2)
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        options.set(CURLOPT_PIPEWAIT, 1)
        if let file = settings.certificateFile { options.set(CURLOPT_CAINFO, file) }
        if target.isLoopback { options.set(CURLOPT_NOPROXY, "*") }
    }

    private func setRequest(_ options: OptionSetter) {
        options.set(CURLOPT_URL, target.url)
        options.set(CURLOPT_USERAGENT, settings.userAgent)
        switch request.method {
        case .get: options.set(CURLOPT_HTTPGET, 1)
        case .post: setBody(options)
        case .put:
            setBody(options)
            options.set(CURLOPT_CUSTOMREQUEST, "PUT")
        case .delete:
            if !request.body.isEmpty { setBody(options) }
            options.set(CURLOPT_CUSTOMREQUEST, "DELETE")
        }
        // On a used connection that turns out to be dead libcurl sends a request again by itself. What may change
        // something must not go twice, so it gets a connection of its own.
        if request.method != .get { options.set(CURLOPT_FRESH_CONNECT, 1) }
        // libcurl invents these two unless told not to: a pause before large bodies, and a form's content type.
        var lines = ["Expect:"]
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) { lines.append("Content-Type:") }
        for (name, value) in request.headers { lines.append(value.isEmpty ? name + ";" : name + ": " + value) }
        for line in lines { headerList = curl_slist_append(headerList, line) }
        options.set(CURLOPT_HTTPHEADER, list: headerList)
    }

    private func setBody(_ options: OptionSetter) {
        options.set(CURLOPT_POST, 1)
        options.set(CURLOPT_POSTFIELDSIZE_LARGE, size: request.body.count)
        options.set(CURLOPT_COPYPOSTFIELDS, copying: request.body)
    }

    /// False ends the transfer.
    private func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= request.maximumBytes - body.count else {
            exceeded = request.maximumBytes
            body = []
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// One header line with its line end; a status line begins a new list (after 100 Continue, for one).
    private func take(header bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.maximumHeaderBytes else {
            exceeded = Self.maximumHeaderBytes
            return false
        }
        if bytes.starts(with: "HTTP/".utf8) {
            headers = []
        } else if body.isEmpty, let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 {
            let name = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
            let value = bytes[(colon + 1)...].drop { $0 <= 0x20 }
            let end = value.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? value.startIndex
            headers.append((name, String(decoding: value[..<end], as: UTF8.self)))
        }
        return true
    }

    /// What came of it, once libcurl is done.
    func result(for code: CURLcode) -> Result {
        if let exceeded { return .failure(.tooLarge(limit: exceeded)) }
        if let error = HTTPError(code, host: target.host) { return .failure(error) }
        var status = 0
        var redirect: UnsafeMutablePointer<CChar>?
        guard let handle, carillon_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK, status >= 200 else {
            return .failure(.broken("no HTTP status came"))
        }
        _ = carillon_curl_get_string(handle, CURLINFO_REDIRECT_URL, &redirect)
        let response = HTTPResponse(status: status, headers: headers, body: body)
        return .success((response, redirect.map { String(cString: $0) }))
    }

    func dispose() {
        if let handle { curl_easy_cleanup(handle) }
        curl_slist_free_all(headerList)
        handle = nil
        headerList = nil
    }

    /// Answers the caller, once.
    func finish(_ result: Result) {
        continuation?.resume(returning: result)
        continuation = nil
    }
}
