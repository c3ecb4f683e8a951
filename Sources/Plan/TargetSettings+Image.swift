extension TargetSettings {
    func write(to image: inout ImageWriter) {
        image.write(characters.rawValue)
        image.write(duplicateSlashes.rawValue)
        for treatment in TargetSettings.treatments { image.write(self[keyPath: treatment].rawValue) }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        self.init()
        characters = try reader.choice("the target's characters")
        duplicateSlashes = try reader.choice("the target's duplicate_slashes")
        for treatment in TargetSettings.treatments {
            self[keyPath: treatment] = try reader.choice("a treatment of the target")
        }
    }

    /// The forms that are refused or kept, in the order of the image.
    private static var treatments: [WritableKeyPath<TargetSettings, Treatment>] {
        [
            \.encodedSlash, \.backslash, \.encodedBackslash, \.controls, \.invalidPercent, \.invalidPercentInQuery,
            \.parameters, \.overlong, \.beyondRoot,
        ]
    }
}

extension Zone {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(list: transitions) { image, transition in
            image.write(UInt64(bitPattern: transition.start))
            image.write(UInt32(bitPattern: transition.offset))
        }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("the zone's name", limit: PlanBounds.name)
        transitions = try reader.list("the zone's transitions", in: 1...PlanBounds.transitions) {
            reader throws(PlanError) in
            let start = Int64(bitPattern: try reader.integer("the zone's transition"))
            return Transition(start: start, offset: Int32(bitPattern: try reader.integer("the zone's offset")))
        }
    }
}
