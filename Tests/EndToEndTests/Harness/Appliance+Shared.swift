extension Appliance {
    /// For everything that needs no settings of its own.
    static var standard: Appliance { get throws { try standardStart.get() } }

    private static let standardStart = start(
        """
        network office { 203.0.113.0/24 }
        pool app { server "127.0.0.1:\(try Origin.shared.port)" }
        pool dead { server "127.0.0.1:\(Ports.free())" }
        site "a.example.test" {
          route "/*" { to = app }
          route "/dead/*" { to = dead }
          route "/read/*" { to = app  methods = [GET, POST] }
          route "/office/*" { to = app  from = office }
          route "/small/*" { to = app  body = 1KiB }
        }
        site "b.example.test" { route "/b/*" { to = app } }
        """)

    /// With small limits of size and number, so that they are soon reached.
    static var narrow: Appliance { get throws { try narrowStart.get() } }

    private static let narrowStart = start(
        """
        pool app { server "127.0.0.1:\(try Origin.shared.port)" }
        pool one {
          server "127.0.0.1:\(try Origin.shared.port)"
          limits { connections = 1  queue = 1  queue_wait = 20s }
        }
        pool brief {
          server "127.0.0.1:\(try Origin.shared.port)"
          limits { connections = 1  queue = 4  queue_wait = 200ms }
        }
        site "a.example.test" {
          route "/*" { to = app }
          route "/one/*" { to = one }
          route "/brief/*" { to = brief }
        }
        limits {
          target = 256B  head_size = 2KiB  fields = 10  field = 512B  response_head = 2KiB  trailer = 64B
          chunk_extension = 16B  body = 4KiB  requests = 3
        }
        """)

    /// With little time for everything.
    static var hasty: Appliance { get throws { try hastyStart.get() } }

    private static let hastyStart = start(
        """
        pool app { server "127.0.0.1:\(try Origin.shared.port)"  limits { response = 300ms  body = 300ms } }
        pool patient { server "127.0.0.1:\(try Origin.shared.port)" }
        pool full { server "127.0.0.1:\(FullListener.shared.port)"  limits { connect = 300ms } }
        site "a.example.test" {
          route "/*" { to = app }
          route "/full/*" { to = full }
          route "/patient/*" { to = patient }
        }
        limits {
          handshake = 300ms  head = 300ms  idle = 300ms  body_grace = 300ms  body_rate = 4MiB/s  send = 300ms
        }
        """)

    /// Behind another proxy, which is trusted.
    static var inner: Appliance { get throws { try innerStart.get() } }

    private static let innerStart = start(
        """
        pool app { server "127.0.0.1:\(try Origin.shared.port)" }
        site "a.example.test" { route "/*" { to = app } }
        forwarding { received = append  via = "inner" }
        """)

    private static func start(_ policy: @autoclosure () throws -> String) -> Result<Appliance, any Error> {
        Result { try Appliance(policy()) }
    }
}

extension Appliance {
    /// For HTTP/2, which may be spoken without TLS too.
    static var multiplexing: Appliance { get throws { try multiplexingStart.get() } }

    private static let multiplexingStart = Result<Appliance, any Error> {
        try Appliance(
            """
            pool app { server "127.0.0.1:\(Origin.shared.port)" }
            pool one {
              server "127.0.0.1:\(Origin.shared.port)"
              limits { connections = 1  queue = 8  queue_wait = 20s }
            }
            site "a.example.test" {
              route "/*" { to = app  body = 1GiB }
              route "/small/*" { to = app  body = 1KiB }
              route "/one/*" { to = one }
              route "/fixed" { respond { body = "fixed\\n" } }
              route "/read/*" { to = app  methods = [GET] }
            }
            site "b.example.test" { route "/*" { to = app } }
            """, listen: "prior_knowledge = on")
    }

    /// For HTTP/2, with little time for everything.
    static var hastyMultiplexing: Appliance { get throws { try hastyMultiplexingStart.get() } }

    private static let hastyMultiplexingStart = Result<Appliance, any Error> {
        try Appliance(
            """
            pool app { server "127.0.0.1:\(Origin.shared.port)" }
            site "a.example.test" { route "/*" { to = app } }
            limits {
              head = 300ms  idle = 300ms  body_grace = 300ms  body_rate = 4MiB/s  send = 300ms  linger = 300ms
              requests = 3
            }
            """, listen: "prior_knowledge = on")
    }
}
