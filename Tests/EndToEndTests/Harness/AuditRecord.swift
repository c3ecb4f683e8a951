/// A record of a request, as it stands in the audit log.
struct AuditRecord: Decodable {
    let seq: Int
    let time: String
    let id: String
    let site: String
    let route: String
    let client: String
    let method: String
    let path: String
    let status: Int
    let bytesIn: Int
    let bytesOut: Int
    let upstream: String
    let us: Int
    let action: String
    let reason: String
    let rules: [Int]
    let ruleNames: [String]
    let version: String
    let tls: String
    let host: String?
    let query: String?
    let userAgent: String?
}
