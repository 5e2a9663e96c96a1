import AudioMark
import CommandLineSupport
import Glibc
import MarkKeys

/// What is printed about an input.
///
/// The names of JSON members and of the words before `=` are an interface: they are added to, never
/// changed.
struct Report {
  enum Style {
    /// A line of words for each mark.
    case text
    /// A JSON object for each mark.
    case json
    /// The exit status alone.
    case silent
  }

  let style: Style
  let output = StandardOutput()

  init(style: Style) { self.style = style }

  /// A mark that is certain.
  func detection(_ mark: RecordingMark, file: String) throws {
    switch style {
    case .silent: break
    case .json:
      try output.writeLine(
        .object([("type", "detection"), ("file", .string(file))] + Self.members(mark)))
    case .text:
      try output.writeLine("\(Self.printable(file)): " + Self.words(mark).joined(separator: " "))
    }
  }

  /// No mark in the whole input.
  func nothing(file: String) throws {
    switch style {
    case .silent: break
    case .json: try output.writeLine(["type": "none", "file": .string(file)])
    case .text: try output.writeLine("\(Self.printable(file)): nothing found")
    }
  }

  /// The end of a stream: what was reported as it went, now with its final places and bounds.
  func end(_ marks: [RecordingMark], seconds: Double, file: String) throws {
    guard style == .json else { return }
    try output.writeLine([
      "type": "end", "file": .string(file), "seconds": .fixed(seconds, 2),
      "detections": .array(marks.map { .object(Self.members($0)) }),
    ])
  }

  /// A mark in sample bits or text.
  func detection(_ mark: PlainMark, file: String) throws {
    let bound = max(exp(mark.logBound), 1e-300)
    switch style {
    case .silent: break
    case .json:
      try output.writeLine(
        .object([
          ("type", "detection"), ("file", .string(file)), ("key", .string(mark.key)),
          ("message", .string(mark.message.description)),
          ("method", .string(mark.method.rawValue)), ("start", .fixed(mark.start, 2)),
          ("end", .fixed(mark.end, 2)), ("speed", .fixed(1, 5)), ("pitch", .fixed(1, 4)),
          ("score", .fixed(mark.score, 4)), ("bound", .number(bound)),
          ("log10_bound", .fixed(mark.logBound / M_LN10, 2)),
          (
            "identity",
            .object(
              Self.identity(mark.message).map {
                (name: $0.name, value: JSONValue.integer($0.value))
              })
          ),
        ]))
    case .text:
      let words =
        [
          "message=\(mark.message)", "key=\(Self.printable(mark.key))",
          "method=\(mark.method.rawValue)", "start=\(decimal(mark.start, digits: 2) ?? "-")",
          "end=\(decimal(mark.end, digits: 2) ?? "-")",
          "score=\(decimal(mark.score, digits: 2) ?? "-")",
          "bound=1e\(decimal((mark.logBound / M_LN10).rounded(.up), digits: 0) ?? "-")",
        ] + Self.identity(mark.message).map { "\($0.name)=\($0.value)" }
      try output.writeLine("\(Self.printable(file)): " + words.joined(separator: " "))
    }
  }

  private static func members(_ mark: RecordingMark) -> [(name: String, value: JSONValue)] {
    var list: [(name: String, value: JSONValue)] = [
      ("key", .string(mark.key)), ("message", .string(mark.message.description)),
      ("method", "spectral"), ("plan", .string(mark.plan.rawValue)),
      ("layer", .string(mark.layer.rawValue)),
      ("start", .fixed(mark.start, 2)), ("end", .fixed(mark.end, 2)),
      ("speed", .fixed(mark.speed, 5)), ("pitch", .fixed(mark.pitch, 4)),
      ("score", .fixed(mark.score, 4)), ("bound", .number(bound(mark))),
      ("log10_bound", .fixed(mark.logBound / M_LN10, 2)),
    ]
    if mark.layer == .identity {
      let fields = identity(mark.message).map {
        (name: $0.name, value: JSONValue.integer($0.value))
      }
      list.append(("identity", .object(fields)))
    }
    let segments = mark.segments.map { segment in
      JSONValue.object([
        ("start", .fixed(segment.start, 2)), ("end", .fixed(segment.end, 2)),
        ("speed", .fixed(segment.speed, 5)), ("pitch", .fixed(segment.pitch, 4)),
        ("symbols", .integer(Int64(segment.symbols))), ("z", .fixed(segment.z, 2)),
      ])
    }
    list.append(("segments", .array(segments)))
    return list
  }

  private static func words(_ mark: RecordingMark) -> [String] {
    func number(_ value: Double, _ digits: Int) -> String { decimal(value, digits: digits) ?? "-" }
    var words = [
      "message=\(mark.message)", "key=\(printable(mark.key))", "plan=\(mark.plan.rawValue)",
      "layer=\(mark.layer.rawValue)", "start=\(number(mark.start, 2))",
      "end=\(number(mark.end, 2))", "speed=\(number(mark.speed, 5))",
      "pitch=\(number(mark.pitch, 4))", "score=\(number(mark.score, 2))",
      "bound=1e\(number((mark.logBound / M_LN10).rounded(.up), 0))",
    ]
    if mark.layer == .identity {
      words += identity(mark.message).map { "\($0.name)=\($0.value)" }
    }
    return words
  }

  /// The bound as a number that is never 0.
  private static func bound(_ mark: RecordingMark) -> Double { max(exp(mark.logBound), 1e-300) }

  static func identity(_ message: Message) -> [(name: String, value: Int64)] {
    let identity = DeliveryIdentity(message)
    return [
      ("content_server", Int64(identity.contentServer)),
      ("delivery_server", Int64(identity.deliveryServer)), ("outlet", Int64(identity.outlet)),
      ("user", Int64(identity.user)), ("serial", Int64(identity.serial)),
    ]
  }

  /// A name as it is, in quotes where blanks or control characters would hide its end.
  static func printable(_ name: String) -> String {
    name.unicodeScalars.contains { $0.value <= 0x20 || (0x7F..<0xA0).contains($0.value) }
      ? quoted(name) : name
  }
}
