/// Ways to cut an input into the pieces in which it may arrive.
public enum Pieces {
    /// The input cut after every octet, and in three ways that follow from its content: an input always gives the same ways.
    public static func ways(_ input: [UInt8]) -> [[ArraySlice<UInt8>]] {
        var random = Generator(seed: input)
        return [1, 3, 16, 200].map { largest in
            var pieces: [ArraySlice<UInt8>] = []
            var rest = input[...]
            while !rest.isEmpty {
                let size = 1 + Int(random.next() % UInt64(largest))
                pieces.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            return pieces
        }
    }

    /// SplitMix64 from a seed that is the FNV-1a hash of the input.
    private struct Generator {
        private var state: UInt64 = 0xCBF2_9CE4_8422_2325

        init(seed: [UInt8]) {
            for octet in seed { state = (state ^ UInt64(octet)) &* 0x100_0000_01B3 }
        }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
