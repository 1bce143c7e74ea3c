#if Hummingbird
    import Vernier

    /// The time of day as RFC 3339 writes it, in UTC, to the millisecond.
    enum Timestamp {
        /// The time now.
        static var now: String {
            let milliseconds = Int(Platform.unixSeconds * 1_000)
            return text(seconds: milliseconds / 1_000, milliseconds: milliseconds % 1_000)
        }

        /// The text of a time since 1970.
        static func text(seconds: Int, milliseconds: Int) -> String {
            let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
            let (year, month, day) = date(days: days)
            let clock = [rest / 3_600, rest / 60 % 60, rest % 60].map { padded($0, 2) }.joined(separator: ":")
            return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock).\(padded(milliseconds, 3))Z"
        }

        /// The date so many days after 1970-01-01, in the Gregorian calendar.
        ///
        /// Years are counted from March on, so that the leap day comes last; 146,097 days are 400 years.
        private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
            let shifted = days + 719_468
            let (era, day) = shifted.quotientAndRemainder(dividingBy: 146_097)
            let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
            let dayOfYear = day - (365 * year + year / 4 - year / 100)
            let month = (5 * dayOfYear + 2) / 153
            let isNextYear = month >= 10
            return (
                era * 400 + year + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
                dayOfYear - (153 * month + 2) / 5 + 1
            )
        }

        private static func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
    }
#endif
