import Bytes
public import HTTPModel

/// The response as it is passed on.
extension ActionTable {
    /// Changes what `response`, which answers a request of `scope`, says of hosts, paths and cookies to what the client
    /// calls them. Its other changes are those of ``responseEdits(_:scheme:)``, applied while it is serialised.
    ///
    /// - Returns: false when it has become too large.
    public func rewriteResponse(
        _ response: inout ResponseHead, _ scope: Int, client: borrowing ClientView, using memory: inout ActionMemory
    ) -> Bool {
        let scope = scopes[scope]
        if scope.rewrite < 0 { return true }
        let entry = rewrites.entry(Int(scope.rewrite))
        for index in 0..<response.fieldCount {
            let name = response.field(index).name
            var isChanged = false
            if entry.changesLocation && (name == .location || ActionTable.isContentLocation(response, index)) {
                var writer = ByteWriter(memory.text.room)
                isChanged = writeLocation(response.value(of: index), scope, client, to: &writer)
                if writer.overflowed { return false }
                memory.text.count = writer.count
            } else if entry.changesCookies && name == .setCookie {
                var writer = ByteWriter(memory.text.room)
                writeCookie(response.value(of: index), scope, client, to: &writer)
                isChanged = true
                if writer.overflowed { return false }
                memory.text.count = writer.count
            }
            if isChanged && !response.replaceValue(of: index, with: memory.text.bytes) { return false }
        }
        return true
    }

    private static func isContentLocation(_ response: borrowing ResponseHead, _ index: Int) -> Bool {
        response.field(index).name == .other
            && ASCII.equalIgnoringCase(response.name(of: index), "content-location")
    }
}
