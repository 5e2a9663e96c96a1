/// What clients of the server are held to.
package struct ServingLimits: Sendable {
  /// Requests a second of one address, in the long run.
  package var requestRate = 50.0
  /// Requests of one address at once.
  package var requestBurst = 500.0
  /// Requests a second of one address that may have a wrong token, in the long run.
  package var strangerRate = 0.5
  /// Such requests at once.
  package var strangerBurst = 30.0
  /// Connections at a time.
  package var connections = 1024
  /// Connections of one address at a time.
  package var connectionsOfClient = 256
  /// How long a connection may be without a whole request, in seconds.
  package var idleSeconds: Int64 = 20
  /// The most bytes of all header fields of a request.
  package var headerBytes = 16 * 1024
  /// The most header fields of a request.
  package var headerFields = 64

  package init() {}
}
