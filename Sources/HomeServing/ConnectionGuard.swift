import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Counts connections by address.
final class ConnectionCounts: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// Counts one more, unless there are as many as there may be.
  func add(_ client: String, limit: Int) -> Bool {
    counts.withLock { counts in
      guard counts[client, default: 0] < limit else { return false }
      counts[client, default: 0] += 1
      return true
    }
  }

  /// Counts one less.
  func remove(_ client: String) {
    counts.withLock { counts in
      guard let count = counts[client] else { return }
      counts[client] = count > 1 ? count - 1 : nil
    }
  }
}

/// Stands in front of the requests of a connection: refuses connections that are too many, and closes
/// those whose requests have bodies, which nobody reads.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let counts: ConnectionCounts
  private let limit: Int
  private var client: String?
  private var isLast = false

  /// The bytes that may wait in a socket: what is in it was not heard by anybody.
  private static let socketBytes = 256 * 1024

  init(_ counts: ConnectionCounts, limit: Int) {
    self.counts = counts
    self.limit = limit
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let address = context.channel.remoteAddress?.ipAddress ?? ""
    context.channel.setOption(.socketOption(.so_sndbuf), value: Self.socketBytes)
      .whenFailure { _ in }
    // A piece can be decrypted while the one before is on its way.
    context.channel.setOption(
      .writeBufferWaterMark, value: .init(low: 64 * 1024, high: 192 * 1024)
    ).whenFailure { _ in }
    if counts.add(address, limit: limit) {
      client = address
    } else {
      context.close(promise: nil)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if let client { counts.remove(client) }
    client = nil
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      let length = head.headerFields[.contentLength]
      if length != nil && length != "0" || head.headerFields[.transferEncoding] != nil {
        isLast = true
      }
      context.fireChannelRead(data)
    case .body: break
    case .end: context.fireChannelRead(data)
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard isLast, case .end = unwrapOutboundIn(data) else {
      return context.write(data, promise: promise)
    }
    context.writeAndFlush(data, promise: promise)
    context.close(promise: nil)
  }
}
