import CommandLineSupport
import Glibc
import ImageMark
import MarkKeys
import Signing
import TransparencyLog

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

  /// A delivery whose copy of a picture this is.
  func delivery(_ suspect: LedgerTrace.PictureSuspect, file: String) throws {
    let grounds: String
    switch (suspect.accusation != nil, suspect.mark != nil) {
    case (true, true): grounds = "message+comparison"
    case (true, false): grounds = "comparison"
    default: grounds = "message"
    }
    let ratio = suspect.accusation?.logRatio
    switch style {
    case .silent: break
    case .json:
      var members: [(name: String, value: JSONValue)] = [
        ("type", "delivery"), ("file", .string(file)),
      ]
      members += Self.who(suspect.delivery, suspect.published)
      members += [
        ("key", .string(suspect.key.name)), ("by", .string(grounds)),
        ("bound", .number(max(exp(suspect.logBound), 1e-300))),
        ("log10_bound", .fixed(suspect.logBound / M_LN10, 2)),
      ]
      if let ratio { members.append(("log10_ratio", .fixed(ratio / M_LN10, 2))) }
      members += suspect.pose.map(Self.members) ?? []
      try output.writeLine(.object(members))
    case .text:
      let words =
        Self.words(suspect.delivery) + ["bound=\(Self.power(suspect.logBound, .up))"]
        + (ratio.map { ["ratio=\(Self.power($0, .down))"] } ?? []) + ["by=\(grounds)"]
      try output.writeLine("\(Self.printable(file)): " + words.joined(separator: " "))
    }
  }

  /// The end of a trace in which nobody or somebody was named.
  func search(_ result: LedgerTrace.PictureResult, file: String) throws {
    let count = result.suspects.count + result.segmentSuspects.count
    switch style {
    case .silent: break
    case .text:
      if count == 0 {
        try output.writeLine("\(Self.printable(file)): no delivery named")
      }
    case .json:
      try output.writeLine([
        "type": "trace", "file": .string(file), "deliveries": .integer(Int64(count)),
        "titles": .integer(Int64(result.titles)), "copies": .integer(Int64(result.copies)),
        "ledger_size": .integer(Int64(result.head.size)),
        "ledger_root": .string(result.head.root.base64),
      ])
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
      ("rotation", .fixed(pose.rotation, 2)), ("mirrored", .bool(pose.isMirrored)),
      ("aspect", .fixed(pose.aspect, 5)),
    ] + (pose.period.map { [("period", .fixed($0, 3))] } ?? [])
  }

  private static func words(_ mark: PictureMark) -> [String] {
    var words = ["message=\(mark.message)", "key=\(printable(mark.key))"]
    if let content = mark.content { words.append("content=\(content)") }
    words.append("method=\(mark.method.rawValue)")
    if let span = mark.span {
      words.append("start=\(decimal(span.lowerBound, digits: 2) ?? "-")")
      words.append("end=\(decimal(span.upperBound, digits: 2) ?? "-")")
    }
    if let pose = mark.pose { words += Self.words(pose) }
    words.append("score=\(decimal(mark.score, digits: 2) ?? "-")")
    words.append("bound=1e\(decimal((mark.logBound / M_LN10).rounded(.up), digits: 0) ?? "-")")
    return words + identity(mark.message).map { "\($0.name)=\($0.value)" }
  }

  private static func members(_ mark: PictureMark) -> [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = [
      ("key", .string(mark.key)), ("message", .string("\(mark.message)")),
    ]
    if let content = mark.content { members.append(("content", .string(content))) }
    members += [
      ("method", .string(mark.method.rawValue)), ("bits", .integer(Int64(mark.message.bitCount))),
      ("width", .integer(Int64(mark.width))), ("height", .integer(Int64(mark.height))),
    ]
    if let span = mark.span {
      members.append(("start", .fixed(span.lowerBound, 3)))
      members.append(("end", .fixed(span.upperBound, 3)))
    }
    if let pose = mark.pose { members += Self.members(pose) }
    let identity = identity(mark.message).map {
      (name: $0.name, value: JSONValue.integer($0.value))
    }
    return members + [
      ("score", .fixed(mark.score, 4)), ("bound", .number(max(exp(mark.logBound), 1e-300))),
      ("log10_bound", .fixed(mark.logBound / M_LN10, 2)), ("identity", .object(identity)),
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
