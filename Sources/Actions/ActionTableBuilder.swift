import HTTPModel
import Plan

/// Lays out what an ``ActionTable`` holds.
struct ActionTableBuilder {
    private let plan: Plan
    private(set) var scopes: [ActionScope] = []
    private(set) var statusPages: [StatusPage] = []
    private(set) var edits: [[FieldEdit]] = []
    private(set) var paths: [PathRewrite] = []
    private(set) var rewrites = ResponseRewritesBuilder()

    /// For each profile of headers and of pages, what a scope that uses it has; made when it is first used.
    private var headers: [Int: (request: Int32, response: Int32)] = [:]
    private var errors: [Int: (first: UInt32, count: UInt32)] = [:]

    /// Scopes of the routes of all sites in their order, then of the sites.
    init(_ plan: Plan) {
        self.plan = plan
        for site in plan.sites {
            for route in site.routes { add(route) }
        }
        for site in plan.sites { scopes.append(scope(of: site.profiles, pools: [])) }
    }

    private mutating func add(_ route: Route) {
        var scope = scope(of: route.profiles, pools: ActionTableBuilder.pools(of: route.action))
        if let path = route.path {
            scope.path = Int32(paths.count)
            paths.append(path)
        }
        scopes.append(scope)
    }

    private mutating func scope(of profiles: RouteProfiles, pools: [Int]) -> ActionScope {
        var scope = ActionScope()
        if let number = profiles.headers {
            let lists = lists(ofHeaders: number)
            scope.requestEdits = lists.request
            scope.responseEdits = lists.response
        }
        if let number = profiles.errors {
            let pages = pages(ofErrors: number)
            scope.firstPage = pages.first
            scope.pageCount = pages.count
        }
        if let rewrite = profiles.rewrite, rewrite.location || rewrite.cookies != nil {
            scope.rewrite = Int32(rewrites.add(rewrite, pools: pools, plan))
        }
        return scope
    }

    private static func pools(of action: Route.Action) -> [Int] {
        switch action {
        case .proxy(let pool): [pool]
        case .split(let split): Array(Set(split.shares.map(\.pool) + split.forced.map(\.pool))).sorted()
        case .maintenance(let maintenance): maintenance.pool.map { [$0] } ?? []
        case .redirect, .respond: []
        }
    }

    // MARK: Profiles

    private mutating func lists(ofHeaders number: Int) -> (request: Int32, response: Int32) {
        if let lists = headers[number] { return lists }
        let profile = plan.headers[number]
        var lists: (request: Int32, response: Int32) = (-1, -1)
        if !profile.request.isEmpty {
            lists.request = Int32(edits.count)
            edits.append(profile.request.map { FieldEdit($0) })
        }
        if !profile.response.isEmpty || !profile.hide.isEmpty || profile.secure != nil {
            lists.response = Int32(edits.count)
            edits.append(ActionTableBuilder.responseEdits(of: profile, isTLS: false))
            edits.append(ActionTableBuilder.responseEdits(of: profile, isTLS: true))
        }
        headers[number] = lists
        return lists
    }

    /// What is hidden, then the changes, then the secure headers.
    private static func responseEdits(of profile: HeaderProfile, isTLS: Bool) -> [FieldEdit] {
        var list = profile.hide.map { FieldEdit(.remove, Array($0.utf8)) }
        list += profile.response.map { FieldEdit($0) }
        guard let secure = profile.secure else { return list }
        let operation: FieldEdit.Operation = secure.overwrites ? .set : .provide
        list += secure.fields.filter { isTLS || !$0.needsTLS }.map {
            FieldEdit(operation, Array($0.name.utf8), $0.value)
        }
        return list
    }

    private mutating func pages(ofErrors number: Int) -> (first: UInt32, count: UInt32) {
        if let pages = errors[number] { return pages }
        let entries = plan.errors[number].entries
        let pages = (first: UInt32(statusPages.count), count: UInt32(entries.count))
        statusPages += entries.map { StatusPage(status: $0.status, page: UInt32($0.page)) }
        errors[number] = pages
        return pages
    }
}

extension FieldEdit {
    fileprivate init(_ edit: HeaderEdit) {
        let operation: Operation =
            switch edit.operation {
            case .set: .set
            case .add: .add
            case .remove: .remove
            }
        self.init(operation, Array(edit.name.utf8), edit.value)
    }
}
