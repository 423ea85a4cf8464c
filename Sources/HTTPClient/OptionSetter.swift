// Sets libcurl options and remembers whether one was refused, so that a request is never sent with
// half of its limits.
import CCurl

final class OptionSetter {
    private let handle: UnsafeMutableRawPointer
    private(set) var failed = false

    init(handle: UnsafeMutableRawPointer) { self.handle = handle }

    func set(_ option: CURLoption, _ value: Int) { note(carillon_curl_set_long(handle, option, value)) }
    func set(_ option: CURLoption, _ value: String) { note(carillon_curl_set_string(handle, option, value)) }
    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) { note(carillon_curl_set_pointer(handle, option, value)) }
    func set(_ option: CURLoption, size: Int) { note(carillon_curl_set_size(handle, option, curl_off_t(size))) }
    func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) { note(carillon_curl_set_list(handle, option, list)) }
    func set(_ option: CURLoption, callback: carillon_curl_callback) { note(carillon_curl_set_callback(handle, option, callback)) }

    /// libcurl keeps its own copy; the length must have been set before.
    func set(_ option: CURLoption, copying bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
            if let start { note(carillon_curl_set_pointer(handle, option, start)) } else { set(option, "") }
        }
    }

    private func note(_ code: CURLcode) { if code != CURLE_OK { failed = true } }
}
