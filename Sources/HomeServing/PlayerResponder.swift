import CommandLineSupport
import Distribution
import HTTPTypes
import HomeServer
import Hummingbird
import HummingbirdCore
import Ledger
import MovieFragments
import NIOCore
import Outlets
import Signing
import Synchronization
import Trade

/// Answers the requests of players.
final class PlayerResponder: Sendable {
  private let store: ServedStore
  private let clock: @Sendable () -> UTCTime
  private let readAhead: Int64
  private let requests: RequestBudget
  private let strangers: RequestBudget
  /// Whether the server is about to end.
  let isStopping = Atomic(false)

  /// - Parameters:
  ///   - store: what is served.
  ///   - limits: what clients are held to.
  ///   - readAhead: how much a player gets before it is heard where minutes are paid, in milliseconds.
  ///   - clock: tells the time of day.
  init(
    _ store: ServedStore, _ limits: ServingLimits, readAhead: Int64,
    clock: @escaping @Sendable () -> UTCTime
  ) {
    self.store = store
    self.readAhead = readAhead
    self.clock = clock
    requests = RequestBudget(rate: limits.requestRate, burst: limits.requestBurst)
    strangers = RequestBudget(rate: limits.strangerRate, burst: limits.strangerBurst)
  }

  /// Answers a request.
  ///
  /// - Parameters:
  ///   - request: the request; a body is not read.
  ///   - client: the address it came from.
  /// - Returns: the answer.
  func respond(to request: Request, from client: String) -> Response {
    let now = monotonicMilliseconds()
    guard requests.take(client, now: now), strangers.hasAny(client, now: now) else {
      return plain(.tooManyRequests, [.retryAfter: "10"])
    }
    guard request.method == .get || request.method == .head else {
      return plain(.methodNotAllowed, [.allow: "GET, HEAD"])
    }
    let text = request.head.path ?? ""
    let path = text.prefix { $0 != "?" }
    guard let (token, name) = RequestPath.parse(path) else {
      _ = strangers.take(client, now: now)
      return plain(.notFound)
    }
    switch store.answer(token, now: now) {
    case .unknown:
      _ = strangers.take(client, now: now)
      return plain(.notFound)
    case .gone: return plain(.gone)
    case .served(let served):
      let query = request.uri.queryParameters["CMCD"].map { String($0) }
      let asking = Asking(request: request, client: client, query: query, now: now)
      do { return try answer(name, String(token), served, asking) } catch HoldingFault.ended {
        return plain(.gone)
      } catch {
        return plain(.internalServerError)
      }
    }
  }

  private func answer(
    _ name: RequestPath, _ token: String, _ served: ServedHolding, _ asking: Asking
  ) throws -> Response {
    switch name {
    case .bare: return plain(.permanentRedirect, [.location: "/\(token)/"])
    case .page:
      return asking.entity(PlayerPage.html(try served.allItems()), "text/html; charset=utf-8")
    case .script: return asking.entity(PlayerPage.script, "text/javascript; charset=utf-8")
    case .style: return asking.entity(PlayerPage.style, "text/css; charset=utf-8")
    case .status:
      if let report = asking.report { served.reported(report, by: asking.player, now: asking.now) }
      return asking.entity(try served.status(at: clock()).json.compact + "\n", "application/json")
    case .copy(let number, let name):
      guard let item = try served.item(number), item.name == name else { return plain(.notFound) }
      return copy(item, served, asking)
    case .playlist(let number):
      guard let item = try served.item(number) else { return plain(.notFound) }
      let playlist =
        if case .film(let film) = item.medium {
          film.playlist.text(item.name)
        } else { HLSStream(item)?.playlist }
      guard let playlist else { return plain(.notFound) }
      return asking.entity(playlist, "application/vnd.apple.mpegurl")
    case .header(let number):
      guard let item = try served.item(number), let stream = HLSStream(item) else {
        return plain(.notFound)
      }
      return asking.entity(stream.header, "audio/mp4")
    case .segment(let number, let segment):
      guard let item = try served.item(number), let stream = HLSStream(item),
        segment < stream.segmentCount
      else { return plain(.notFound) }
      return try self.segment(segment, stream, item, served, asking)
    }
  }

  /// A copy, or a part of it.
  private func copy(_ item: ServedItem, _ served: ServedHolding, _ asking: Asking) -> Response {
    let tag = "\"\(served.tag(item.number))\""
    switch asking.selection(of: item.file.byteCount, item.mediaType, tag: tag) {
    case .nothing(let answer): return answer
    case .part(let part, let status, let headers):
      if let report = asking.report {
        served.reported(report, by: asking.player, now: asking.now)
      }
      let stream = CopyStream(
        item: item, served: served, player: asking.player, bytes: part, readAhead: readAhead,
        server: self)
      return Response(
        status: status, headers: headers,
        body: ResponseBody(contentLength: part.count) { writer in
          try await stream.write(to: &writer)
          try await writer.finish(nil)
        })
    }
  }

  /// A segment of an HLS stream.
  private func segment(
    _ number: Int, _ stream: HLSStream, _ item: ServedItem, _ served: ServedHolding,
    _ asking: Asking
  ) throws -> Response {
    let bytes = try stream.segment(number)
    let tag = "\"\(served.tag(item.number))-\(number)\""
    let time = stream.milliseconds(of: number)
    let player = asking.player
    if !asking.isHead, let report = asking.report {
      served.reported(report, by: player, now: asking.now)
    }
    return asking.entity(bytes, "audio/mp4", tag: tag) { [self, readAhead] part in
      await waitForTurn(served, player, readAhead)
      return {
        // In proportion to the bytes, as the frames of a segment are much the same size.
        let length = time.upperBound - time.lowerBound
        let from = time.lowerBound + length * Int64(part.lowerBound) / Int64(bytes.count)
        let to = time.lowerBound + length * Int64(part.upperBound) / Int64(bytes.count)
        served.delivered(from..<to, of: item.number, to: player, now: monotonicMilliseconds())
      }
    }
  }

  /// Waits until the listener has heard enough of what he has to get more, where he pays for it.
  func waitForTurn(_ served: ServedHolding, _ player: String, _ readAhead: Int64) async {
    while served.isPaced, !isStopping.load(ordering: .relaxed), served.holding.isHeld,
      served.ahead(of: player, now: monotonicMilliseconds()) >= readAhead
    {
      guard (try? await Task.sleep(for: .milliseconds(100))) != nil else { return }
    }
  }

  private func plain(_ status: HTTPResponse.Status, _ headers: HTTPFields = [:]) -> Response {
    var headers = headers
    headers[.contentType] = "text/plain; charset=utf-8"
    headers[.cacheControl] = "no-store"
    headers[.xContentTypeOptions] = "nosniff"
    let text = "\(status.code) \(status.reasonPhrase)\n"
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

/// Milliseconds of a clock that is never set.
package func monotonicMilliseconds() -> Int64 {
  let time = ContinuousClock.now - ServingClock.start
  let (seconds, attoseconds) = time.components
  return seconds * 1000 + attoseconds / 1_000_000_000_000_000
}

/// Where the clock of the server begins.
private enum ServingClock {
  static let start = ContinuousClock.now
}
