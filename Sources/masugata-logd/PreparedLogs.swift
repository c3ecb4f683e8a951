internal import Audit
internal import Plan
internal import Sys

/// The logs of a generation that is being prepared beside the one in use.
struct PreparedLogs: ~Copyable {
    /// The generation's number.
    let generation: UInt32

    private let settings: AuditSettings
    private var auditFolder: LogFolder?
    private var accessFolder: LogFolder?

    /// Begins with what the plan says of logs.
    init(generation: UInt32, settings: AuditSettings) {
        self.generation = generation
        self.settings = settings
    }

    /// What is done when a record cannot be written.
    var onFull: AuditSettings.OnFull { settings.onFull }

    /// Takes the folder of the audit log (0) or of the access log (1). Answers whether there is such a one.
    mutating func setFolder(_ which: UInt8, _ descriptor: consuming Descriptor) -> Bool {
        switch which {
        case 0: auditFolder = LogFolder(descriptor)
        case 1: accessFolder = LogFolder(descriptor)
        default: return false
        }
        return true
    }

    /// What is wrong with the generation, for the operator; nil when it can be used.
    func fault() -> String? {
        if auditFolder == nil { return "no folder came for the audit log" }
        if accessFolder == nil && settings.accessLog != .off { return "no folder came for the access log" }
        do throws(Errno) {
            _ = try auditFolder?.names()
        } catch {
            return "the folder of the audit log cannot be read: \(error); it must belong to masugata-logd, mode 0750"
        }
        do throws(Errno) {
            if settings.accessLog != .off { try accessFolder?.checkAppending(accessName) }
        } catch {
            return "the access log \(accessName) cannot be opened: \(error); its folder must belong to masugata-logd"
        }
        return nil
    }

    /// The audit log.
    mutating func takeStore() -> SegmentStore? {
        guard let folder = auditFolder.take() else { return nil }
        let limits = SegmentStore.Limits(
            size: Int(clamping: settings.segmentSize), age: settings.segmentAge.microseconds,
            keep: settings.keep?.microseconds)
        return SegmentStore(folder, limits)
    }

    /// The access log, if there is to be one.
    mutating func takeAccessLog() -> AccessLog? {
        if settings.accessLog == .off { return nil }
        guard let folder = accessFolder.take() else { return nil }
        return AccessLog(folder, name: accessName)
    }

    private var accessName: String {
        guard case .file(let path) = settings.accessLog, let last = path.split(separator: "/").last else {
            return "access.log"
        }
        return String(last)
    }
}

extension UInt64 {
    /// These milliseconds in microseconds, at most as many as fit.
    fileprivate var microseconds: UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: 1000)
        return overflow ? .max : product
    }
}
