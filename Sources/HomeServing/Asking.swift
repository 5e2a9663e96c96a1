import HTTPTypes
import HomeServer
import Hummingbird
import HummingbirdCore
import NIOCore

/// A request as far as answers depend on it.
struct Asking: Sendable {
  let isHead: Bool
  let now: Int64
  /// What tells the player from others: its session, else its address and name.
  let player: String
  /// What it says about itself.
  let report: CMCD?

  private let rangeHeader: String?
  private let ifRange: String?
  private let ifNoneMatch: String?

  init(request: Request, client: String, query: String?, now: Int64) {
    self.now = now
    isHead = request.method == .head
    let headers = request.headers
    rangeHeader = headers[.range]
    ifRange = headers[.ifRange]
    ifNoneMatch = headers[.ifNoneMatch]
    let fields = ["CMCD-Session", "CMCD-Request", "CMCD-Object", "CMCD-Status"]
      .compactMap { HTTPField.Name($0).flatMap { headers[$0] } }
    let text = ([query].compactMap(\.self) + fields).joined(separator: ",")
    let report = text.isEmpty ? nil : CMCD(String(text.prefix(2048)))
    self.report = report
    player =
      report?.session.map { "sid \($0)" }
      ?? "\(client) \(headers[.userAgent]?.prefix(200) ?? "")"
  }

  /// What is sent of a body.
  enum Selection {
    /// Nothing: this is the answer.
    case nothing(Response)
    /// A part of it, or all, with this status and these header fields.
    case part(Range<Int64>, HTTPResponse.Status, HTTPFields)
  }

  /// Which part of a body is wanted.
  ///
  /// - Parameters:
  ///   - length: the bytes of all of it.
  ///   - type: the media type.
  ///   - tag: the entity tag; nil where parts cannot be had.
  /// - Returns: the part, or the answer where none is sent.
  func selection(of length: Int64, _ type: String, tag: String?) -> Selection {
    var headers = headers(type, tag: tag)
    var part = 0..<length
    var status = HTTPResponse.Status.ok
    if let tag {
      if hasTag(tag) { return .nothing(Response(status: .notModified, headers: headers)) }
      switch range(length, tag: tag) {
      case .whole: break
      case .part(let some):
        part = some
        status = .partialContent
        headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(length)"
      case .unsatisfiable:
        headers[.contentRange] = "bytes */\(length)"
        headers[.contentLength] = "0"
        return .nothing(Response(status: .rangeNotSatisfiable, headers: headers))
      }
    }
    headers[.contentLength] = "\(part.count)"
    return isHead
      ? .nothing(Response(status: status, headers: headers)) : .part(part, status, headers)
  }

  private func range(_ length: Int64, tag: String) -> ByteRange {
    // Only if it is still the same; a date never is, since none is given.
    if let ifRange, ifRange != tag { return .whole }
    return ByteRange(rangeHeader, length: length)
  }

  /// Whether the client has this body already.
  private func hasTag(_ tag: String) -> Bool {
    guard let ifNoneMatch else { return false }
    return ifNoneMatch.split(separator: ",").contains { part in
      let text = part.trimming(" \t")
      return text == "*" || text == tag || text == "W/\(tag)"
    }
  }

  /// The header fields that all answers with a body have.
  private func headers(_ type: String, tag: String? = nil) -> HTTPFields {
    var headers: HTTPFields = [
      .contentType: type, .cacheControl: "private, no-store", .xContentTypeOptions: "nosniff",
      .contentSecurityPolicy: PlayerPage.policy,
    ]
    for (name, value) in [
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ] {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    if let tag {
      headers[.acceptRanges] = "bytes"
      headers[.eTag] = tag
    }
    return headers
  }

  /// An answer with a text.
  func entity(_ text: String, _ type: String) -> Response { entity(Array(text.utf8), type) }

  /// An answer with bytes, or the part of them that is wanted.
  ///
  /// - Parameters:
  ///   - bytes: all of them.
  ///   - type: the media type.
  ///   - tag: the entity tag; nil where parts cannot be had.
  ///   - turn: waits until the part may be sent, and returns what is done when it was.
  /// - Returns: the answer.
  func entity(
    _ bytes: [UInt8], _ type: String, tag: String? = nil,
    turn: (@Sendable (Range<Int>) async -> @Sendable () -> Void)? = nil
  ) -> Response {
    switch selection(of: Int64(bytes.count), type, tag: tag) {
    case .nothing(let answer): return answer
    case .part(let range, let status, let headers):
      let part = Int(range.lowerBound)..<Int(range.upperBound)
      let buffer = ByteBuffer(bytes: bytes[part])
      return Response(
        status: status, headers: headers,
        body: ResponseBody(contentLength: part.count) { writer in
          let done = await turn?(part)
          try await writer.write(buffer)
          try await writer.finish(nil)
          done?()
        })
    }
  }
}

extension Substring {
  /// Without characters of a set at both ends.
  fileprivate func trimming(_ set: String) -> Substring {
    var text = drop { set.contains($0) }
    while let last = text.last, set.contains(last) { text.removeLast() }
    return text
  }
}
