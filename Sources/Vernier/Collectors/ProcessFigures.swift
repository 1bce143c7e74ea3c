#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the operating system says about this process; `nil` where it says nothing.
struct ProcessFigures: Sendable, Equatable {
    var processorSeconds: Double?
    var openDescriptors: Int?
    var openDescriptorLimit: UInt64?
    var virtualBytes: UInt64?
    var addressSpaceLimit: UInt64?
    var residentBytes: UInt64?
    /// In Unix time.
    var startSeconds: Double?
    var threads: UInt64?

    /// Asks the operating system.
    ///
    /// - Parameter directory: Where Linux describes the process.
    static func current(directory: String = "/proc/self") -> ProcessFigures {
        var figures = ProcessFigures()
        figures.processorSeconds = Platform.nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID).map { Double($0) / 1e9 }
        figures.openDescriptorLimit = Platform.openDescriptorLimit()
        figures.addressSpaceLimit = Platform.addressSpaceLimit()
        figures.readStatus(in: directory)
        return figures
    }
}

#if canImport(Darwin)
    extension ProcessFigures {
        private mutating func readStatus(in _: String) {
            // The listing's own descriptor is among the entries.
            openDescriptors = Platform.entryCount(ofDirectory: "/dev/fd").map { max($0 - 1, 0) }
            var task = proc_taskinfo()
            let taskSize = Int32(MemoryLayout<proc_taskinfo>.size)
            // SAFETY: the call fills in `task`, whose size it is told.
            if unsafe proc_pidinfo(getpid(), PROC_PIDTASKINFO, 0, &task, taskSize) == taskSize {
                virtualBytes = task.pti_virtual_size
                residentBytes = task.pti_resident_size
                threads = UInt64(max(task.pti_threadnum, 0))
            }
            var process = proc_bsdinfo()
            let processSize = Int32(MemoryLayout<proc_bsdinfo>.size)
            // SAFETY: the call fills in `process`, whose size it is told.
            if unsafe proc_pidinfo(getpid(), PROC_PIDTBSDINFO, 0, &process, processSize) == processSize {
                startSeconds = Double(process.pbi_start_tvsec) + Double(process.pbi_start_tvusec) / 1e6
            }
        }
    }
#else
    extension ProcessFigures {
        /// The start of the system in Unix time, in nanoseconds.
        ///
        /// It is taken once, so that the start of the process does not move when the clock is set. `btime` in `/proc/stat` says
        /// the same in whole seconds only.
        private static let systemStart: Int64? = {
            guard let now = Platform.nanoseconds(of: CLOCK_REALTIME),
                let sinceStart = Platform.nanoseconds(of: CLOCK_BOOTTIME)
            else { return nil }
            return now - sinceStart
        }()

        /// Whether the size of the directory of descriptors is their number, as it is since Linux 6.2.
        ///
        /// Elsewhere the size is 0 or something else, which a single comparison tells. Where a thread opens a descriptor between
        /// the two readings, the answer is a needless no.
        private static let sizeIsCount: Bool = {
            let bySize = openDescriptors(in: "/proc/self", trustingSize: true)
            return bySize == openDescriptors(in: "/proc/self", trustingSize: false)
        }()

        /// How many descriptors are open, by one call or by counting.
        static func openDescriptors(in directory: String, trustingSize: Bool) -> Int? {
            if trustingSize { return Platform.size(ofFile: directory + "/fd") }
            // The listing's own descriptor is among the entries.
            return Platform.entryCount(ofDirectory: directory + "/fd").map { max($0 - 1, 0) }
        }

        private mutating func readStatus(in directory: String) {
            openDescriptors = ProcessFigures.openDescriptors(in: directory, trustingSize: ProcessFigures.sizeIsCount)
            guard let line = Platform.contents(ofFile: directory + "/stat"), let status = ProcessStatus(parsing: line)
            else {
                return
            }
            threads = status.threads
            virtualBytes = status.virtualBytes
            let pageSize = sysconf(Int32(_SC_PAGESIZE))
            if pageSize > 0 { residentBytes = status.residentPages &* UInt64(pageSize) }
            let ticksPerSecond = sysconf(Int32(_SC_CLK_TCK))
            if ticksPerSecond > 0, let systemStart = ProcessFigures.systemStart {
                startSeconds = status.startSeconds(systemStart: systemStart, ticksPerSecond: ticksPerSecond)
            }
        }
    }
#endif
