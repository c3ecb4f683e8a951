/// What is done with the requests and answers of one route; or of one site, for answers that no route gives.
struct ActionScope: BitwiseCopyable {
    /// The list of changes of requests, or -1.
    var requestEdits: Int32 = -1

    /// The list of changes of responses without TLS, or -1; that with TLS is the next.
    var responseEdits: Int32 = -1

    /// The change of paths, or -1.
    var path: Int32 = -1

    /// The change of what responses say of hosts and cookies, or -1.
    var rewrite: Int32 = -1

    /// The pages by status.
    var firstPage: UInt32 = 0
    var pageCount: UInt32 = 0
}

/// The page for a status.
struct StatusPage: BitwiseCopyable {
    var status: UInt16 = 0
    var page: UInt32 = 0
}
