import Bytes

/// The programs of many patterns, laid out flat and never changed: what a process searches with.
///
/// Searching needs a ``PatternMemory``, which is made for the set once. A search takes time linear in the text, whatever
/// the pattern and the text are, and allocates nothing.
public struct PatternSet: ~Copyable {
    let programs: Slab<ProgramPlace>
    let instructions: Slab<Instruction>
    let sets: Slab<ByteSet>
    let classes: Slab<UInt8>
    let representatives: Slab<UInt8>

    /// The largest number of instructions of one program.
    let largestProgram: Int

    /// Differs between sets, so that the memory of another set is not taken for this one's.
    let fingerprint: UInt64

    /// The number of patterns.
    public var count: Int { programs.capacity }

    /// The patterns, numbered from 0 in their order.
    public init(_ patterns: [Pattern]) {
        var instructions: [Instruction] = []
        var sets: [ByteSet] = []
        var classes: [UInt8] = []
        var representatives: [UInt8] = []
        var programs = Slab<ProgramPlace>(capacity: patterns.count, repeating: ProgramPlace())
        for (number, pattern) in patterns.enumerated() {
            let program = pattern.program
            var place = ProgramPlace()
            place.instructions = instructions.count
            place.instructionCount = program.instructions.count
            place.sets = sets.count
            place.representatives = representatives.count
            place.classes = classes.count
            place.classCount = program.classes.representatives.count
            place.start = program.start
            place.minimumLength = pattern.minimumLength
            place.isAnchored = program.isAnchored
            place.hasAssertions = program.hasAssertions
            place.asksForFinalLineFeed = program.asksForFinalLineFeed
            programs[number] = place
            instructions += program.instructions
            sets += program.sets
            classes += program.classes.numbers
            representatives += program.classes.representatives
        }
        self.programs = programs
        self.instructions = PatternSet.slab(instructions, or: Instruction(operation: .match, next: 0, argument: 0))
        self.sets = PatternSet.slab(sets, or: ByteSet())
        self.classes = PatternSet.slab(classes, or: 0)
        self.representatives = PatternSet.slab(representatives, or: 0)
        largestProgram = patterns.map(\.instructionCount).max() ?? 0
        fingerprint = PatternSet.fingerprint(instructions, sets)
    }

    private static func slab<Element: BitwiseCopyable>(_ elements: [Element], or filler: Element) -> Slab<Element> {
        var slab = Slab<Element>(capacity: elements.count, repeating: filler)
        slab.copy(elements.span, at: 0)
        return slab
    }

    /// FNV-1a (Fowler, Noll, Vo) over what the programs say.
    private static func fingerprint(_ instructions: [Instruction], _ sets: [ByteSet]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01b3 }
        for instruction in instructions {
            add(UInt64(instruction.operation.rawValue))
            add(UInt64(instruction.next) << 32 | UInt64(instruction.argument))
        }
        for set in sets {
            for byte in set.bytes { add(UInt64(byte)) }
            add(256)
        }
        return hash
    }
}
