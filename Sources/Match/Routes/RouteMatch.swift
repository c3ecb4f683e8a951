public import Plan

/// What a route table says about a request.
public enum RouteMatch: BitwiseCopyable, Equatable, Sendable {
    /// The route with this plan-wide number answers.
    case route(Int)

    /// No route is for the path; 404.
    case noRoute

    /// The routes for the path take these methods alone; 405, with the methods in `Allow`. The number is that of the
    /// first of these routes.
    case methodNotAllowed(route: Int, allow: MethodSet)

    /// The route with this number is not for clients from this address; 403.
    case clientNotAllowed(route: Int)
}
