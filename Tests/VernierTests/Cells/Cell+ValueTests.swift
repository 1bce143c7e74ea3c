import Testing

@testable import Vernier

@Suite struct CellValueTests {
    private func gauge() -> (gauge: Gauge, cell: Cell) {
        let gauge = Gauge("level", help: "L.", registry: Registry())
        return (gauge, gauge.cell)
    }

    @Test func `a gauge with shares behaves as one without`() {
        let (gauge, cell) = gauge()
        gauge.set(10)
        gauge.add(1)
        cell.shared.startShares()
        #expect(gauge.value == 11)
        gauge.add(2)
        gauge.subtract(0.5)
        #expect(gauge.value == 12.5)
        gauge.set(-0.0)
        #expect(gauge.value == 0)
        #expect(gauge.value.sign == .minus)
        gauge.add(.infinity)
        #expect(gauge.value == .infinity)
        gauge.add(-.infinity)
        #expect(gauge.value.isNaN)
        gauge.set(0.1)
        gauge.add(0.2)
        #expect(gauge.value == 0.1 + 0.2)
    }

    @Test func `an addition that meets another starts the shares and loses nothing`() {
        let (gauge, cell) = gauge()
        gauge.set(3)
        #expect(!cell.shared.hasShares)
        cell.addAmongOthers(4)
        #expect(cell.shared.hasShares)
        #expect(gauge.value == 7)
    }

    @Test func `a share of an earlier setting does not count, and is taken over by the next addition`() {
        let (gauge, cell) = gauge()
        cell.shared.startShares()
        gauge.add(5)
        gauge.set(1)
        #expect(gauge.value == 1)
        gauge.add(2)
        #expect(gauge.value == 3)
    }

    @Test func `an addition that finds its share ahead begins again and takes nothing from it`() {
        let (gauge, cell) = gauge()
        cell.shared.startShares()
        // Somebody has set the gauge and added 4 to every share; the setting is not seen yet.
        for index in 1...cell.stripeCount {
            #expect(cell.stripe(at: index).replacePair(0, expected: (0, 0), with: ((4.0).bitPattern, 1)))
        }
        let done = Gate()
        let isDone = Box(false)
        #expect(
            startThread {
                gauge.add(2)
                isDone.set(true)
                done.open()
            })
        done.wait(atMost: .milliseconds(20))
        #expect(!isDone.value)
        gauge.set(1)
        done.wait(atMost: .seconds(30))
        #expect(isDone.value)
        #expect(gauge.value == 1 + 4 * Double(cell.stripeCount) + 2)
    }

    @Test func `a removed series starts at zero again, shares included`() {
        let family = GaugeFamily("level", help: "L.", labels: .of(Label<String>("tank")), registry: Registry())
        let old = family["a"]
        old.cell.shared.startShares()
        old.add(5)
        family.remove("a")
        old.add(7)
        old.set(9)
        #expect(family["a"].value == 0)
        family["a"].add(1)
        #expect(family["a"].value == 1)
    }

    @Test func `series of a family with shares do not mix`() {
        let family = GaugeFamily("level", help: "L.", labels: .of(Label<Int>("tank")), registry: Registry())
        family[0].cell.shared.startShares()
        for tank in 0..<200 {
            family[tank].set(1000)
            runThreads(2) { _ in family[tank].add(Double(tank)) }
        }
        #expect((0..<200).allSatisfy { family[$0].value == 1000 + 2 * Double($0) })
    }
}
