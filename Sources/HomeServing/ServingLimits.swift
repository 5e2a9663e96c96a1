/// What clients of the server are held to.
package struct ServingLimits: Sendable {
  /// Requests a second of one address, in the long run.
  package var requestRate: Double
  /// Requests of one address at once.
  package var requestBurst: Double
  /// Requests a second of one address that may have a wrong token, in the long run.
  package var strangerRate: Double
  /// Such requests at once.
  package var strangerBurst: Double
  /// Connections at a time.
  package var connections = 1024
  /// Connections of one address at a time.
  package var connectionsOfClient = 512
  /// How long a connection may be without a whole request, in seconds.
  package var idleSeconds: Int64 = 20
  /// The most bytes of all header fields of a request.
  package var headerBytes = 16 * 1024
  /// The most header fields of a request.
  package var headerFields = 64

  /// - Parameter rate: requests a second of one address in the long run; the other rates follow it.
  package init(rate: Double) {
    requestRate = rate
    requestBurst = 10 * rate
    strangerRate = rate / 100
    strangerBurst = max(rate * 0.6, 10)
  }
}
