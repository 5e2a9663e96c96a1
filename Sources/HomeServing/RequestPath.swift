import HomeServer

/// What a request's path names.
///
/// Paths are compared with what there is; none of them reaches the file
/// system.
package enum RequestPath: Equatable {
  /// The folder of a token without the slash at its end.
  case bare
  case page, script, style, status
  /// A copy, from 0, under a name that is still to be compared.
  case copy(Int, name: String)
  case playlist(Int)
  case header(Int)
  case segment(Int, Int)

  /// Takes a path apart.
  ///
  /// - Parameter path: as it stands in the request, without query.
  /// - Returns: the token and what is named under it; nil for what nobody ever named so.
  package static func parse(_ path: Substring) -> (token: Substring, path: RequestPath)? {
    guard path.utf8.count <= 128, path.first == "/" else { return nil }
    let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard let token = parts.first, (1...3).contains(parts.count) else { return nil }
    if parts.count == 1 { return (token, .bare) }
    if parts.count == 3 {
      guard let item = number(parts[1]), item > 0 else { return nil }
      if parts[2] == "init.mp4" { return (token, .header(item - 1)) }
      guard parts[2].hasSuffix(".m4s"), let segment = number(parts[2].dropLast(4)) else {
        return nil
      }
      return (token, .segment(item - 1, segment))
    }
    switch parts[1] {
    case "": return (token, .page)
    case "player.js": return (token, .script)
    case "player.css": return (token, .style)
    case "status": return (token, .status)
    default: break
    }
    guard let point = parts[1].firstIndex(of: "."), let item = number(parts[1][..<point]), item > 0
    else { return nil }
    if parts[1][point...] == ".m3u8" { return (token, .playlist(item - 1)) }
    return (token, .copy(item - 1, name: String(parts[1])))
  }

  /// A number without sign or zeros in front.
  private static func number(_ text: Substring) -> Int? {
    guard (1...7).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      text.count == 1 || text.first != "0"
    else { return nil }
    return Int(text)
  }
}
