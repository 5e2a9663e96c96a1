import CommandLineSupport
import Glibc
import ImageMark
import MarkKeys

extension Report {
  /// A mark in a picture.
  func detection(_ mark: PictureMark, file: String) throws {
    switch style {
    case .silent: break
    case .json:
      try output.writeLine(
        .object(
          [("type", "detection"), ("file", .string(file))] + Self.members(mark)))
    case .text:
      try output.writeLine("\(Self.printable(file)): " + Self.words(mark).joined(separator: " "))
    }
  }

  /// How a picture lies, for people.
  static func words(_ pose: PicturePose) -> [String] {
    func number(_ value: Double, _ digits: Int) -> String { decimal(value, digits: digits) ?? "-" }
    return ["rotation=\(number(pose.rotation, 2))", "mirrored=\(pose.isMirrored ? "yes" : "no")"]
      + ["aspect=\(number(pose.aspect, 4))"]
      + (pose.period.map { ["period=\(number($0, 2))"] } ?? [])
  }

  /// How a picture lies, for programs.
  static func members(_ pose: PicturePose) -> [(name: String, value: JSONValue)] {
    [
      ("rotation", .fixed(pose.rotation, 3)), ("mirrored", .bool(pose.isMirrored)),
      ("aspect", .fixed(pose.aspect, 5)),
    ] + (pose.period.map { [("period", .fixed($0, 3))] } ?? [])
  }

  private static func words(_ mark: PictureMark) -> [String] {
    ["message=\(mark.message)", "key=\(printable(mark.key))", "method=\(mark.method.rawValue)"]
      + (mark.pose.map(words) ?? [])
      + [
        "score=\(decimal(mark.score, digits: 2) ?? "-")",
        "bound=1e\(decimal((mark.logBound / M_LN10).rounded(.up), digits: 0) ?? "-")",
      ] + identity(mark.message).map { "\($0.name)=\($0.value)" }
  }

  private static func members(_ mark: PictureMark) -> [(name: String, value: JSONValue)] {
    [
      ("key", .string(mark.key)), ("message", .string("\(mark.message)")),
      ("method", .string(mark.method.rawValue)), ("bits", .integer(Int64(mark.message.bitCount))),
      ("width", .integer(Int64(mark.width))), ("height", .integer(Int64(mark.height))),
    ] + (mark.pose.map(members) ?? []) + [
      ("score", .fixed(mark.score, 4)), ("bound", .number(max(exp(mark.logBound), 1e-300))),
      ("log10_bound", .fixed(mark.logBound / M_LN10, 2)),
      (
        "identity",
        .object(
          identity(mark.message).map { (name: $0.name, value: JSONValue.integer($0.value)) })
      ),
    ]
  }

  private static func identity(_ message: ImageMessage) -> [(name: String, value: Int64)] {
    switch message {
    case .full(let message): identity(message)
    case .short(let message):
      [
        ("content_server", Int64(message.contentServer)), ("outlet", Int64(message.outlet)),
        ("serial", Int64(message.serial)),
      ]
    }
  }
}
