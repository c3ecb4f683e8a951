import Actions
import Match
import Plan
import Policy

/// Images of plans, as every process reads them. The input is either an image, or changes of the image of a real plan:
/// groups of four bytes, the place in two, what is done, and the value.
///
/// An image is refused, or is that of exactly one plan, from which a worker can build its tables.
enum PlanImageTarget {
    static func examine(_ input: Span<UInt8>) throws(Contradiction) {
        let bytes = array(input)
        try examineImage(bytes)
        try examineImage(changed(bytes))
    }

    private static func examineImage(_ image: [UInt8]) throws(Contradiction) {
        guard let plan = try? Plan(decoding: image.span) else { return }
        try require(plan.encoded() == image, "two images make one plan")
        guard let decisions = try? DecisionTable(plan) else { return }
        _ = ActionTable(plan, decisions)
        _ = DecisionMemory(for: decisions)
    }

    /// The image of ``sample`` with the changes that `orders` asks for.
    private static func changed(_ orders: [UInt8]) -> [UInt8] {
        var image = sample
        for start in stride(from: 0, to: orders.count - 3, by: 4) where !image.isEmpty {
            let place = (Int(orders[start]) << 8 | Int(orders[start + 1])) % image.count
            let value = orders[start + 3]
            switch orders[start + 2] % 6 {
            case 0: image[place] = value
            case 1: image[place] ^= 1 << (value % 8)
            case 2: image[place] = image[place] &+ 1
            case 3: image.insert(value, at: place)
            case 4: image.remove(at: place)
            default: for index in place..<min(place + 4, image.count) { image[index] = value }
            }
        }
        return image
    }

    private static let sample = compile(Array(policy.utf8), fileName: "p").plan?.encoded() ?? []

    /// Something of everything that needs no file.
    private static let policy = """
        listen web { https = ["0.0.0.0:443", "[::]:443"]  http = ["127.0.0.1:81"]  http_redirect = ["0.0.0.0:80"]  tls = main }
        tls main { certificate = "a.pem"  key = "k.pem"  minimum = 1.2 }
        network office { 203.0.113.0/24  2001:db8:10::/48 }
        list bots { "curl" "wget" }
        pool a { server "10.20.0.11:8080" weight = 2  server "wiki.inner:8080"  limits { connections = 20  queue = 5 } }
        pool b { server "[2001:db8::5]:81" }
        headers plain { request { set "X-A" = "1"  remove "X-B" }  response { add "X-C" = "2"  hide = ["Server"] } }
        limit per_ip { key = client.prefix  rate = 50/s  burst = 100  then = reject 429 }
        site "www.example.org" "*.example.org" {
          use = [headers.plain]
          route "/*" { to = pool.a }
          route "/admin/*" { to = pool.b  from = office  methods = [GET, POST]  body = 64KiB }
          route "/beta/*" when cookie["beta"] == "1" { to = pool.b }
          route "/split/*" { split { to = [a 95%, b 5%]  by = cookie["s"]  force { "beta" = b } } }
          route "/old" { redirect = "https://{host}/new" }
          rules {
            deny "bots" when user_agent contains list.bots
            deny "legacy" when path starts "/plugins/" and not client in office
            deny "pattern" when path matches "^/[a-z]+/old" or count(cookie["s"]) > 3
            redirect "moved" when path == "/moved" to = "https://{host}/new" status = 301
            log "any" when any(header["x-a"] contains "10.") and len(query["x"]) > 5
          }
        }
        site "*" { route "/*" { to = pool.a } }
        audit { must = [policy, deny] }
        """

    /// Whether ``sample`` is a plan: the tests hold the language to it.
    static var hasSample: Bool { !sample.isEmpty }
}
