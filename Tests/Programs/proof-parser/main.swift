// Reads pages with the library's parser and says what it thinks of each.
//
//     proof-parser < cases > verdicts
//     proof-parser --numbers < bits > text
//
// A case is a line `FORMAT BYTES` and then the page, which has that many bytes; the formats are those of `Case.formats`. A verdict is
// one line of JSON: what was read, or where and why the page was refused. With --numbers the input is doubles of eight bytes each, the
// lowest first; the output is the text of each as a page has it, or that of a number that did not read back as it was.
import Vernier
import VernierParsing

switch CommandLine.arguments.dropFirst().first {
case nil:
    var input = Input(bytes: StandardStreams.readAll())
    while let next = input.nextCase() { StandardStreams.put(next.verdict + "\n") }
    if let problem = input.problem { StandardStreams.quit("proof-parser: \(problem)", code: 65) }
case "--numbers":
    Numbers.answer(StandardStreams.readAll())
default:
    StandardStreams.quit("usage: proof-parser [--numbers] < INPUT", code: 64)
}
StandardStreams.flush()
