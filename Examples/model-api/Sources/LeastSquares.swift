/// Least squares over products of a scan's figures.
struct LeastSquares: Predictor {
    private let weights: [Double]
    /// The inverse of the normal equations' matrix: how far a scan is from those that the model knows.
    private let inverse: [[Double]]
    private let residual: Double
    private let spread: Double

    /// Fits the model; nil when the examples do not determine it.
    init?(_ examples: [(scan: Scan, truth: Double)]) {
        let rows = examples.map { Self.terms($0.scan) }
        let width = Self.terms(Scan(symbols: 0, days: 0, filters: 0)).count
        guard examples.count > width else { return nil }
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
        var side = [Double](repeating: 0, count: width)
        for (row, example) in zip(rows, examples) {
            for i in 0..<width {
                side[i] += row[i] * example.truth
                for j in 0..<width { matrix[i][j] += row[i] * row[j] }
            }
        }
        guard let inverse = Self.inverted(matrix) else { return nil }
        let weights = inverse.map { dot($0, side) }
        let errors = zip(rows, examples).map { dot($0, weights) - $1.truth }
        self.inverse = inverse
        self.weights = weights
        residual = (dot(errors, errors) / Double(examples.count - width)).squareRoot()
        spread = examples.map(\.truth).spread
    }

    /// The estimate, with the error that the residuals and the scan's distance from known ones let expect.
    func estimate(_ scan: Scan) -> Estimate {
        let terms = Self.terms(scan)
        let leverage = dot(terms, inverse.map { dot($0, terms) })
        return Estimate(
            value: dot(terms, weights), expectedError: residual * (1 + max(leverage, 0)).squareRoot(), spread: spread)
    }

    /// What the estimate is a weighted sum of; figures are brought to about one, which keeps the equations well behaved.
    private static func terms(_ scan: Scan) -> [Double] {
        let (symbols, days, filters) = (scan.symbols / 1_000, scan.days / 365, scan.filters / 6)
        return [1, symbols, filters, symbols * filters, symbols * filters * filters, days, symbols * days]
    }

    /// Gauss and Jordan, with the largest pivot of a column; nil for a matrix without an inverse.
    private static func inverted(_ matrix: [[Double]]) -> [[Double]]? {
        let size = matrix.count
        var rows = matrix.enumerated().map { index, row in row + (0..<size).map { $0 == index ? 1.0 : 0 } }
        for column in 0..<size {
            guard let pivot = (column..<size).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
                abs(rows[pivot][column]) > 1e-12
            else { return nil }
            rows.swapAt(column, pivot)
            let divisor = rows[column][column]
            rows[column] = rows[column].map { $0 / divisor }
            for other in 0..<size where other != column {
                let factor = rows[other][column]
                rows[other] = zip(rows[other], rows[column]).map { $0 - factor * $1 }
            }
        }
        return rows.map { Array($0[size...]) }
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
