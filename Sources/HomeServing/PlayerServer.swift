package import CommandLineSupport
import Glibc
import HTTPTypes
package import HomeServer
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
package import Trade
import UnixSignals

/// The home server's window to players on the network: HTTP/1.1, until SIGTERM or SIGINT.
package struct PlayerServer: Sendable {
  private let store: ServedStore
  private let limits: ServingLimits
  private let responder: PlayerResponder
  private let host: String
  private let port: Int
  private let diagnostics: Diagnostics

  /// - Parameters:
  ///   - store: what is served.
  ///   - host: the address that is listened at.
  ///   - port: the port; 0 for one that is free.
  ///   - readAhead: how much a player gets before it is heard where minutes are paid, in seconds.
  ///   - limits: what clients are held to.
  ///   - clock: tells the time of day.
  ///   - diagnostics: where trouble is told.
  package init(
    _ store: ServedStore, host: String, port: Int, readAhead: Int64, limits: ServingLimits,
    clock: @escaping @Sendable () -> UTCTime, diagnostics: Diagnostics
  ) {
    self.store = store
    self.host = host
    self.port = port
    self.limits = limits
    self.diagnostics = diagnostics
    responder = PlayerResponder(store, limits, readAhead: readAhead * 1000, clock: clock)
  }

  /// Serves until a signal ends it; what is being sent then breaks off.
  ///
  /// - Parameter listening: is told the port once clients are taken.
  /// - Throws: `ServingFault` when the address cannot be had.
  package func run(listening: @escaping @Sendable (Int) -> Void) async throws {
    signal(SIGPIPE, SIG_IGN)
    let counts = ConnectionCounts()
    let limit = limits.connectionsOfClient
    let responder = self.responder
    let logger = Logger(label: "hs-store", factory: { _ in SwiftLogNoOpLogHandler() })
    let application = Application(
      responder: CallbackResponder<PlayerContext> { request, context in
        responder.respond(to: request, from: context.client)
      },
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ConnectionGuard(counts, limit: limit)],
          idleTimeout: .seconds(limits.idleSeconds),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
            maxHeaderFieldCount: limits.headerFields))),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(
          limits.connections, logger: logger)),
      services: [Counting(store: store, responder: responder, diagnostics: diagnostics)],
      onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) },
      logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(3)
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch let error as IOError {
      throw ServingFault(host: host, port: port, code: error.errnoCode)
    } catch is CancellationError {
      // Players that do not read were left behind.
    }
  }
}

/// Why nothing can be served.
package struct ServingFault: ExplainedError, Equatable {
  let host: String
  let port: Int
  let code: CInt

  package var description: String {
    "cannot listen at \(quoted("\(host):\(port)")): \(SystemError.reason(code))"
  }
  package var hint: String? {
    code == EADDRINUSE ? "choose another port with --listen ADDRESS:PORT" : nil
  }
}

/// What is known of a request beside itself.
private struct PlayerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let client: String

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    client = source.channel.remoteAddress?.ipAddress ?? ""
  }
}

/// Counts what is heard, twice a second, and records what listeners do, every five seconds.
private struct Counting: Service {
  let store: ServedStore
  let responder: PlayerResponder
  let diagnostics: Diagnostics

  func run() async throws {
    await withGracefulShutdownHandler {
      var number = 0
      while !responder.isStopping.load(ordering: .relaxed) {
        try? await Task.sleep(for: .milliseconds(500))
        if Task.isCancelled { break }
        number += 1
        let now = monotonicMilliseconds()
        let isRecorded = number.isMultiple(of: 10)
        if isRecorded { store.look(now: now) }
        tell(store.count(now: now, isRecorded: isRecorded))
      }
      tell(store.count(now: monotonicMilliseconds(), isRecorded: true, isLast: true))
    } onGracefulShutdown: {
      responder.isStopping.store(true, ordering: .relaxed)
    }
  }

  private func tell(_ faults: [any Error]) {
    for fault in faults {
      if let fault = fault as? any ExplainedError {
        diagnostics.warning(fault.description, hint: fault.hint)
      } else {
        diagnostics.warning("\(fault)")
      }
    }
  }
}
