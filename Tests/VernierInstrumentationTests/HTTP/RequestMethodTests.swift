import Testing
import Vernier
import VernierInstrumentation

@Suite struct RequestMethodTests {
    @Test(arguments: RequestMethod.allCases)
    func `a known method is itself`(method: RequestMethod) {
        #expect(RequestMethod(method.rawValue) == method)
        #expect(RequestMethod(method.rawValue[...]) == method)
    }

    @Test(arguments: [
        "", "get", "Get", "GET ", " GET", "BREW", "OPTIONSX", "CONNECTION", "_OTHERS", "GÉT", "\0GET", "GET\0",
    ])
    func `any other text is another method`(text: String) {
        #expect(RequestMethod(text) == .other)
    }

    @Test func `all series of a method exist from the start`() {
        #expect(RequestMethod.labelTexts == RequestMethod.allCases.map(\.rawValue))
    }
}
