import Bytes
public import HTTPModel
public import Match
public import Plan

/// What is done with requests that are passed on, with responses, and with requests that are answered here, as a plan
/// says. Built once and never changed.
///
/// It is a reference because responses to earlier requests need it when another plan is already served. What is done is
/// named by the number of a scope: that of a route, or of a site for answers that no route gives.
public final class ActionTable {
    let scopes: Slab<ActionScope>
    let statusPages: Slab<StatusPage>
    let paths: PathRewrites
    let rewrites: ResponseRewrites
    let redirects: Redirects
    let responses: Contents
    let responseStatuses: Slab<UInt16>
    let pages: Contents
    private let routeCount: Int

    /// The changes of heads, see ``requestEdits(_:)`` and ``responseEdits(_:scheme:)``.
    public let edits: FieldEdits

    /// The table of a sound plan, whose decisions name redirects and fixed answers as `decisions` does.
    public init(_ plan: Plan, _ decisions: borrowing DecisionTable) {
        let builder = ActionTableBuilder(plan)
        scopes = Slab(builder.scopes, empty: ActionScope())
        statusPages = Slab(builder.statusPages, empty: StatusPage())
        paths = PathRewrites(builder.paths)
        rewrites = ResponseRewrites(builder.rewrites)
        redirects = Redirects(decisions.redirects)
        responses = Contents(decisions.responses.map { ($0.type, $0.body) }, hasReferences: false)
        responseStatuses = Slab(decisions.responses.map(\.status), empty: 200)
        pages = Contents(plan.pages.map { ($0.type, $0.body) }, hasReferences: true)
        routeCount = plan.routeCount
        edits = FieldEdits(builder.edits)
    }

    // MARK: Scopes

    /// The scope of what `decision` found; nil when no site was found.
    public func scope(of decision: Decision) -> Int? {
        if let route = decision.route { return route }
        return decision.site.map { routeCount + $0 }
    }

    /// Whether requests of the scope are passed on otherwise than as they are.
    public func changesRequests(_ scope: Int) -> Bool {
        scopes[scope].requestEdits >= 0 || scopes[scope].path >= 0
    }

    /// Whether responses and answers of the scope are other than they would be without it.
    public func changesResponses(_ scope: Int) -> Bool {
        scopes[scope].responseEdits >= 0 || scopes[scope].rewrite >= 0 || scopes[scope].pageCount > 0
    }

    /// What is changed in heads of requests of the scope.
    public func requestEdits(_ scope: Int) -> FieldEditList {
        let number = scopes[scope].requestEdits
        return number < 0 ? FieldEditList() : edits.list(Int(number))
    }

    /// What is changed in heads of responses of the scope to clients by `scheme`.
    public func responseEdits(_ scope: Int, scheme: Scheme) -> FieldEditList {
        let number = scopes[scope].responseEdits
        return number < 0 ? FieldEditList() : edits.list(Int(number) + (scheme == .https ? 1 : 0))
    }

    /// The page of the scope for `status`; nil when it has none.
    public func page(for status: UInt16, _ scope: Int) -> Int? {
        let first = Int(scopes[scope].firstPage)
        for index in first..<first + Int(scopes[scope].pageCount) where statusPages[index].status == status {
            return Int(statusPages[index].page)
        }
        return nil
    }
}
