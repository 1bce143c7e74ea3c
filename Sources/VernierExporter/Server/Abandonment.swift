/// Why a response is given up.
package enum Abandonment: Error {
    /// The connection is broken.
    case peerIsGone
    /// The peer reads too slowly.
    case peerIsTooSlow
    /// The server has been told to stop.
    case serverStops
}
