/// A sink that writes the bytes of a page.
package protocol PageSink: SampleSink, ~Copyable {
    /// Ends the page: what is left can be handed on then.
    mutating func end()
    /// Hands on what can be handed on, and keeps the rest.
    mutating func drain(to write: (RawSpan) throws -> Void) throws
}
