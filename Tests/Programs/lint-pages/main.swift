// Lints pages in text 0.0.4 from the standard input, each ended by a line `%%`.
//
//     lint-pages [--without RULE]... < PAGES
//
// A finding is a line: the page's number from 0, the family, the rule and the message, with tabs between them. What the parser refuses
// has the rule `refused`. `--without` leaves out a rule: that somebody notices is what it is for.
import Vernier
import VernierTesting

let arguments = CommandLine.arguments.dropFirst()
var rules = Lint.rules
for (option, rule) in zip(arguments, arguments.dropFirst()) where option == "--without" {
    rules.removeAll { $0.name == rule }
}

var (number, page) = (0, "")
while let line = readLine(strippingNewline: false) {
    guard line == "%%\n" else {
        page += line
        continue
    }
    do {
        for problem in try Lint.problems(inPage: page, as: .text, rules: rules) {
            print(number, problem.family, problem.rule, problem.message, separator: "\t")
        }
    } catch {
        print(number, "", "refused", "\(error)", separator: "\t")
    }
    (number, page) = (number + 1, "")
}
