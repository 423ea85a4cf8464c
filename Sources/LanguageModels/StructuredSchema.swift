// One schema, as each vendor's strict mode takes it: closed objects everywhere, and rules a vendor would
// refuse moved into the description. What is moved is still checked here, on the answer, by its parser.
import Kernel

enum StructuredSchema {
    enum Vendor { case anthropic, openAI }

    /// The schema a vendor's strict mode accepts, saying the same.
    static func strict(_ schema: JSONValue, for vendor: Vendor) -> JSONValue {
        guard case .object(let members) = schema else { return schema }
        var kept: [JSONMember] = []
        var moved: [String] = []
        for member in members {
            switch member.name {
            case "properties", "$defs", "definitions":
                kept.append(JSONMember(name: member.name, value: mapMembers(member.value) { strict($0, for: vendor) }))
            case "items", "additionalProperties":
                if member.name == "items" { kept.append(JSONMember(name: "items", value: strict(member.value, for: vendor))) }
            case "anyOf", "allOf", "oneOf":
                // Neither vendor knows oneOf; anyOf accepts all that it does.
                let name = member.name == "oneOf" ? "anyOf" : member.name
                guard case .array(let options) = member.value else { break }
                kept.append(JSONMember(name: name, value: .array(options.map { strict($0, for: vendor) })))
            case "required", "description", "default", "$schema", "$id": break
            case let name where isKept(name, member.value): kept.append(member)
            default: moved.append("\(member.name): \(member.value.compact)")
            }
        }
        if case .object(let properties)? = schema.member("properties") {
            let required: JSONValue =
                switch vendor {
                // Here every property is required; ours already are, since an optional one could not be told from a cut answer.
                case .openAI: .array(properties.map { .string($0.name) })
                case .anthropic: schema.member("required") ?? []
                }
            kept.append(JSONMember(name: "required", value: required))
        }
        if schema.member("type") == "object" { kept.append(JSONMember(name: "additionalProperties", value: false)) }
        if let text = describing(schema.member("description"), moved) { kept.append(JSONMember(name: "description", value: .string(text))) }
        return .object(kept)
    }

    /// Keywords both vendors take; the rest is "not supported" and answered with 400.
    private static func isKept(_ name: String, _ value: JSONValue) -> Bool {
        switch name {
        case "type", "enum", "const", "$ref", "title": return true
        case "format":
            return ["date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"].contains(value)
        case "minItems": return value == 0 || value == 1
        default: return false
        }
    }

    private static func mapMembers(_ value: JSONValue, _ transform: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value }
        return .object(members.map { JSONMember(name: $0.name, value: transform($0.value)) })
    }

    private static func describing(_ description: JSONValue?, _ moved: [String]) -> String? {
        var parts: [String] = []
        if case .string(let text)? = description { parts.append(text) }
        if !moved.isEmpty { parts.append("(" + moved.joined(separator: ", ") + ")") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
