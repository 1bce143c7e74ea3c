import Vernier

/// Updates that first find their series by its labels.
extension Workloads {
    /// Two finite labels: access is arithmetic.
    public static let finiteLabels = Workload("finite labels", "2 enums") {
        let family = CounterFamily(
            "updates", help: "Updates.", labels: .of(Label<Method>("method"), Label<Outcome>("outcome")),
            registry: Registry())
        let pairs = Rotation(Method.allCases.flatMap { method in Outcome.allCases.map { (method, $0) } }) { Pair($0) }
        return { finiteLoop(family, pairs, $0) }
    }

    /// Two open labels with short texts, sixteen series.
    public static let openLabels = Workload("open labels", "2 short strings, 16 series") {
        let family = CounterFamily(
            "updates", help: "Updates.", labels: .of(Label<String>("method"), Label<String>("path")),
            registry: Registry())
        let pairs = Rotation(shortTexts) { Pair($0) }
        for (method, path) in shortTexts { family[method, path].increment() }
        return { openLoop(family, pairs, $0) }
    }

    /// A short text and an integer, sixteen series.
    public static let openLabelsInt = Workload("open labels", "string and int, 16 series") {
        let family = CounterFamily(
            "updates", help: "Updates.", labels: .of(Label<String>("method"), Label<Int>("status")),
            registry: Registry())
        let values = ["GET", "POST", "PUT", "DELETE"].flatMap { method in [200, 304, 404, 500].map { (method, $0) } }
        for (method, status) in values { family[method, status].increment() }
        let pairs = Rotation(values) { Pair($0) }
        return { openIntLoop(family, pairs, $0) }
    }

    /// The same texts as properties of a struct.
    public static let labelSet = Workload("open labels", "label set of 2 short strings, 16 series") {
        let family = CounterFamily("updates", help: "Updates.", labels: .set(Route.self), registry: Registry())
        let routes = shortTexts.map { Route(method: $0.0, path: $0.1) }
        for route in routes { family[route].increment() }
        let rotation = Rotation(routes) { Held($0) }
        return { labelSetLoop(family, rotation, $0) }
    }

    /// A label that is longer than what a lookup compares directly, sixteen series.
    public static let longLabel = Workload("open labels", "1 string of 40 bytes, 16 series") {
        let family = CounterFamily(
            "updates", help: "Updates.", labels: .of(Label<String>("path")), registry: Registry())
        let texts = (10..<26).map { "/a/path/that/is/forty/characters/long/\($0)" }
        for text in texts { family[text].increment() }
        let rotation = Rotation(texts) { Held($0) }
        return { longLabelLoop(family, rotation, $0) }
    }

    /// Access and increment with labels.
    public static var labels: [Workload] { [finiteLabels, openLabels, openLabelsInt, labelSet, longLabel] }

    /// Four methods with four paths each: what every library's workload rotates through.
    public static let shortTexts: [(String, String)] = ["GET", "POST", "PUT", "DELETE"].flatMap { method in
        ["/", "/users", "/orders", "/items/{id}"].map { (method, $0) }
    }
}

private enum Method: String, FiniteLabel {
    case get, post, put, delete
}

private enum Outcome: String, FiniteLabel {
    case ok, refused, failed, cancelled
}

private struct Route: LabelSet {
    var method: String
    var path: String

    static let labels = Labels2(Label<String>("method"), Label<String>("path"))
    var values: (String, String) { (method, path) }
}

@inline(never)
private func finiteLoop(
    _ family: CounterFamily<Labels2<Method, Outcome>>, _ pairs: Rotation<Pair<Method, Outcome>>, _ count: Int
) {
    for turn in 0..<count {
        pairs.lend(turn) { (pair: borrowing Pair<Method, Outcome>) in family[pair.first, pair.second].increment() }
    }
}

// A loop does its turns in fours (see `Rotation`), and so rounds their number up.

@inline(never)
private func openLoop(
    _ family: CounterFamily<Labels2<String, String>>, _ pairs: Rotation<Pair<String, String>>, _ count: Int
) {
    for turn in stride(from: 0, to: count, by: 4) {
        pairs.lendFour(turn) { a, b, c, d in
            openFour(family, a.first, a.second, b.first, b.second, c.first, c.second, d.first, d.second)
        }
    }
}

@inline(never)
private func openFour(
    _ family: CounterFamily<Labels2<String, String>>, _ a1: String, _ a2: String, _ b1: String, _ b2: String,
    _ c1: String, _ c2: String, _ d1: String, _ d2: String
) {
    family[a1, a2].increment()
    family[b1, b2].increment()
    family[c1, c2].increment()
    family[d1, d2].increment()
}

@inline(never)
private func openIntLoop(
    _ family: CounterFamily<Labels2<String, Int>>, _ pairs: Rotation<Pair<String, Int>>, _ count: Int
) {
    for turn in stride(from: 0, to: count, by: 4) {
        pairs.lendFour(turn) { a, b, c, d in
            openIntFour(family, a.first, a.second, b.first, b.second, c.first, c.second, d.first, d.second)
        }
    }
}

@inline(never)
private func openIntFour(
    _ family: CounterFamily<Labels2<String, Int>>, _ a1: String, _ a2: Int, _ b1: String, _ b2: Int, _ c1: String,
    _ c2: Int, _ d1: String, _ d2: Int
) {
    family[a1, a2].increment()
    family[b1, b2].increment()
    family[c1, c2].increment()
    family[d1, d2].increment()
}

@inline(never)
private func labelSetLoop(
    _ family: CounterFamily<LabelSetSchema<Route>>, _ routes: Rotation<Held<Route>>, _ count: Int
) {
    for turn in stride(from: 0, to: count, by: 4) {
        routes.lendFour(turn) { a, b, c, d in labelSetFour(family, a.value, b.value, c.value, d.value) }
    }
}

@inline(never)
private func labelSetFour(
    _ family: CounterFamily<LabelSetSchema<Route>>, _ a: Route, _ b: Route, _ c: Route, _ d: Route
) {
    family[a].increment()
    family[b].increment()
    family[c].increment()
    family[d].increment()
}

@inline(never)
private func longLabelLoop(_ family: CounterFamily<Labels1<String>>, _ texts: Rotation<Held<String>>, _ count: Int) {
    for turn in stride(from: 0, to: count, by: 4) {
        texts.lendFour(turn) { a, b, c, d in longLabelFour(family, a.value, b.value, c.value, d.value) }
    }
}

@inline(never)
private func longLabelFour(
    _ family: CounterFamily<Labels1<String>>, _ a: String, _ b: String, _ c: String, _ d: String
) {
    family[a].increment()
    family[b].increment()
    family[c].increment()
    family[d].increment()
}
