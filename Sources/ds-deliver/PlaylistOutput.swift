import CommandLineSupport
import MovieFragments

/// The playlist beside a film that was delivered.
struct PlaylistOutput {
  let path: String

  /// Writes it.
  ///
  /// - Parameter film: the path of the film.
  /// - Throws: `PlaylistFault` or `SystemError`.
  func write(for film: String) throws {
    let file = try FileDescriptor.reading(film)
    let layout: MovieLayout
    do {
      layout = try MovieLayout { place, count in
        var bytes = [UInt8](repeating: 0, count: count)
        let got = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: place) }
        return Array(bytes[..<got])
      }
    } catch let fault as MovieFault { throw PlaylistFault(film: film, reason: fault.reason) }
    let name = film.split(separator: "/").last.map(String.init) ?? film
    let output = try OutputFile(path, contents: .text)
    try output.write(layout.playlist.text(Self.reference(name)))
    try output.finish()
  }

  /// A name as a relative URI (RFC 3986).
  private static func reference(_ name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }
}

/// What was delivered has no playlist.
private struct PlaylistFault: ExplainedError {
  let film: String
  let reason: String

  var description: String { "\(quoted(film)) is no film in segments: \(reason)" }
  var hint: String? { "--playlist goes with the title of a film" }
}
