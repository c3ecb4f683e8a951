import Bytes
import Plan

extension PlanBuilder {
    /// Adds a `network` block.
    mutating func addNetwork(_ block: CheckedBlock) {
        var network = Network(name: block.name?.text ?? "network", blocks: [])
        var first: [AddressBlock: SourceSpan] = [:]
        for value in block.elements {
            guard let range = addressBlock(value.kind) else { continue }
            if let other = first.updateValue(value.span, forKey: range) {
                log.warning(
                    value.span, "\(range) stands twice in the network",
                    hint: "first in line \(log.source.line(of: other.start))")
                continue
            }
            network.blocks.append(range)
        }
        var known = Set(network.blocks)
        for line in lines(of: block) {
            let text = String(decoding: line.text.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self)
                .split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
            if text.isEmpty { continue }
            guard let kind = try? Literal.value(of: text), let range = addressBlock(kind) else {
                refuse(line, "'\(text)' is not an address or an address block", in: block)
                continue
            }
            if known.insert(range).inserted { network.blocks.append(range) }
        }
        check(network.blocks.count, PlanBounds.blocks, "address blocks in the network", block)
        if network.blocks.isEmpty, let file = block.value("file"), !log.hasErrors {
            log.error(file.span, "there is no address in this file", hint: "write one in each line")
        }
        takeEntries(&network.blocks, block)
        plan.networks.append(network)
    }

    private func addressBlock(_ kind: Value.Kind) -> AddressBlock? {
        switch kind {
        case .address(let address): AddressBlock(address, prefixLength: address.family.bits)
        case .block(let block): block
        default: nil
        }
    }

    /// Adds a `list` block.
    mutating func addList(_ block: CheckedBlock) {
        var list = TextList(name: block.name?.text ?? "list", texts: [], position: position(block.span))
        var first: [String: SourceSpan] = [:]
        for value in block.elements {
            guard let text = value.text else { continue }
            if text.isEmpty || text.utf8.count > PlanBounds.operand {
                log.error(value.span, "a text of a list has 1 to \(PlanBounds.operand) bytes")
            } else if let other = first.updateValue(value.span, forKey: text) {
                log.warning(
                    value.span, "\(log.source.string(value.span)) stands twice in the list",
                    hint: "first in line \(log.source.line(of: other.start))")
            } else {
                list.texts.append(Array(text.utf8))
            }
        }
        var known = Set(list.texts)
        for line in lines(of: block) where line.text.first != UInt8(ascii: "#") && !line.text.isEmpty {
            if line.text.count > PlanBounds.operand {
                refuse(line, "a text has more than \(PlanBounds.operand) bytes", in: block)
                continue
            }
            if known.insert(Array(line.text)).inserted { list.texts.append(Array(line.text)) }
        }
        check(list.texts.count, PlanBounds.texts, "texts in the list", block)
        if list.texts.isEmpty, let file = block.value("file"), !log.hasErrors {
            log.error(file.span, "there is no text in this file", hint: "write one in each line")
        }
        takeEntries(&list.texts, block)
        plan.lists.append(list)
    }

    /// Counts what a block holds, and lets go of it when it is too much for the plan.
    private mutating func takeEntries<Element>(_ elements: inout [Element], _ block: CheckedBlock) {
        let isWithin = entryCount <= PolicyBounds.entries
        entryCount += elements.count
        if entryCount <= PolicyBounds.entries { return }
        elements = []
        if isWithin {
            log.error(block.span, "all networks and lists together hold more than \(PolicyBounds.entries)")
        }
    }

    // MARK: Files

    /// A line of a file, without blanks at its ends.
    private struct Line {
        let number: Int
        let text: ArraySlice<UInt8>
    }

    /// The lines of the file that a block names, if it names one.
    private func lines(of block: CheckedBlock) -> [Line] {
        guard let value = block.value("file"), let name = value.text else { return [] }
        checkFileName(name, value.span)
        guard PlanText.isFileName(name), let text = contents(of: name, limit: PolicyBounds.file, value.span) else {
            return []
        }
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.enumerated().map { index, line in
            var line = line.drop(while: isBlank)
            while let last = line.last, isBlank(last) { line = line.dropLast() }
            return Line(number: index + 1, text: line)
        }
    }

    private func refuse(_ line: Line, _ message: String, in block: CheckedBlock) {
        guard let value = block.value("file") else { return }
        log.error(value.span, "line \(line.number) of '\(value.text ?? "")': \(Diagnostic.harmless(message))")
    }
}
