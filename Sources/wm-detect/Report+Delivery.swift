import AudioMark
import CommandLineSupport
import FingerprintCode
import Glibc
import LeakTracing
import Ledger
import MarkKeys
import Signing
import Trade
import TransparencyLog

extension Report {
  /// A delivery whose copy this is.
  func delivery(
    _ suspect: LedgerTrace.Suspect, runnerUp: LeakTracer.RunnerUp?, file: String
  ) throws {
    switch style {
    case .silent: break
    case .json:
      try output.writeLine(
        .object(
          [("type", "delivery"), ("file", .string(file))]
            + Self.who(suspect.delivery, suspect.published) + Self.why(suspect, runnerUp)))
    case .text:
      var words = Self.words(suspect.delivery) + ["bound=\(Self.power(suspect.logBound, .up))"]
      if let accusation = suspect.accusation {
        words.append("ratio=\(Self.power(accusation.logarithmOfRatio, .down))")
        if let runnerUp {
          words.append("runner_up_ratio=\(Self.power(runnerUp.logarithmOfRatio, .up))")
        }
      }
      words.append("by=\(Self.grounds(suspect))")
      try output.writeLine("\(Self.printable(file)): " + words.joined(separator: " "))
    }
  }

  /// The ledger has no delivery that this is a copy of, as far as can be told.
  func nobody(_ result: LedgerTrace.Result, file: String) throws {
    if style == .text {
      try output.writeLine("\(Self.printable(file)): no delivery named")
    }
  }

  /// What was compared, for whoever wants to do it again.
  func search(_ result: LedgerTrace.Result, file: String) throws {
    guard style == .json else { return }
    var members: [(name: String, value: JSONValue)] = [
      ("type", "trace"), ("file", .string(file)),
      ("deliveries", .integer(Int64(result.suspects.count))),
      ("titles", .integer(Int64(result.titles))), ("copies", .integer(Int64(result.copies))),
      ("ledger_size", .integer(Int64(result.head.size))),
      ("ledger_root", .string(result.head.root.base64)),
    ]
    if let other = result.runnerUp {
      members.append(
        (
          "runner_up",
          .object([
            ("content", .string("\(other.content)")), ("message", .string("\(other.message)")),
            ("log10_ratio", .fixed(other.logarithmOfRatio / M_LN10, 2)),
          ])
        ))
    }
    try output.writeLine(.object(members))
  }

  /// Whose copy it was, in words.
  static func words(_ delivery: TracedDelivery) -> [String] {
    let marking = delivery.marking
    var words = [
      "user=\(marking.user)", "order=\(marking.order)", "content=\(marking.content)",
      "delivery_server=\(marking.deliveryServer)", "content_server=\(marking.contentServer)",
    ]
    if let outlet = marking.outlet {
      words.append("\(delivery.outletKind == .shop ? "shop" : "home_server")=\(outlet)")
    }
    return words + ["time=\(delivery.time)", "entry=\(delivery.index)"]
  }

  /// Whose copy it was, for programs.
  static func who(
    _ delivery: TracedDelivery, _ published: Published?
  ) -> [(name: String, value: JSONValue)] {
    let marking = delivery.marking
    var members: [(name: String, value: JSONValue)] = [
      ("user", .string("\(marking.user)")), ("order", .string("\(marking.order)")),
      ("content", .string("\(marking.content)")),
      ("delivery_server", .string("\(marking.deliveryServer)")),
      ("content_server", .string("\(marking.contentServer)")),
    ]
    if let title = published?.title { members.append(("title", .string(title))) }
    if let artist = published?.artist { members.append(("artist", .string(artist))) }
    if let outlet = marking.outlet {
      members.append(("outlet", .string("\(outlet)")))
      if let kind = delivery.outletKind {
        members.append(("outlet_kind", .string(kind.rawValue)))
      }
    }
    return members + [
      ("time", .string("\(delivery.time)")), ("entry", .integer(delivery.index)),
      ("entry_id", .string("\(delivery.id)")), ("message", .string("\(marking.message)")),
      ("serial", .integer(marking.serial)),
    ]
  }

  private static func why(
    _ suspect: LedgerTrace.Suspect, _ runnerUp: LeakTracer.RunnerUp?
  ) -> [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = [
      ("key", .string(suspect.key.name)), ("by", .string(grounds(suspect))),
      ("bound", .number(max(exp(suspect.logBound), 1e-300))),
      ("log10_bound", .fixed(suspect.logBound / M_LN10, 2)),
    ]
    if let runnerUp {
      members.append(
        ("runner_up_log10_ratio", .fixed(runnerUp.logarithmOfRatio / M_LN10, 2)))
    }
    guard let accusation = suspect.accusation else {
      if let mark = suspect.mark {
        members += [("start", .fixed(mark.start, 2)), ("end", .fixed(mark.end, 2))]
      }
      return members
    }
    let (reading, finding) = (accusation.reading, accusation.finding)
    members += [
      ("start", .fixed(reading.start, 2)), ("end", .fixed(reading.end, 2)),
      ("speed", .fixed(reading.speed, 5)), ("pitch", .fixed(reading.pitch, 4)),
      ("log10_ratio", .fixed(accusation.logarithmOfRatio / M_LN10, 2)),
    ]
    if let rank = accusation.identityRank {
      members.append(("identity_rank", .integer(Int64(rank + 1))))
    }
    let title = FingerprintKey(key: suspect.key, title: "\(accusation.content)")
    let ofReading: [(name: String, value: JSONValue)] = [
      ("power_ratio", .number(reading.powerRatio)),
      ("beside_master", .bool(reading.titleSymbol != nil)),
    ]
    members.append(
      ("evidence", Self.evidence(accusation.evidence, finding, title, besides: ofReading)))
    return members
  }

  /// All that score and bound are computed from, for whoever has the title's fingerprint key.
  ///
  /// - Parameters:
  ///   - evidence: what was read of the fingerprint slots.
  ///   - finding: what the fingerprint said.
  ///   - title: the title's key, of which the commitment is told.
  ///   - besides: more members.
  /// - Returns: an object.
  static func evidence(
    _ evidence: FingerprintEvidence, _ finding: FingerprintTracer.Accusation,
    _ title: FingerprintKey, besides: [(name: String, value: JSONValue)] = []
  ) -> JSONValue {
    .object(
      [
        ("decoder", .string(finding.decoder.name)), ("look", .integer(Int64(finding.look))),
        ("score", .number(finding.score)),
        ("log10_chernoff", .fixed(finding.bound.logarithm / M_LN10, 2)),
        ("log10_estimate", .fixed(finding.bound.estimateLogarithm / M_LN10, 2)),
        ("trials", .number(finding.trials)),
        ("fingerprint_key_commitment", .string(title.commitment.base64)),
      ] + besides + [
        ("first_slot", .integer(Int64(evidence.slots.lowerBound))),
        ("ratios", .array(evidence.ratios.map { .number(Double($0)) })),
      ])
  }

  /// What names it: its fingerprint, its message, or both.
  private static func grounds(_ suspect: LedgerTrace.Suspect) -> String {
    switch (suspect.accusation != nil, suspect.mark != nil) {
    case (true, true): "message+fingerprint"
    case (true, false): "fingerprint"
    default: "message"
    }
  }

  static func power(_ logarithm: Double, _ rule: FloatingPointRoundingRule) -> String {
    "1e\(decimal((logarithm / M_LN10).rounded(rule), digits: 0) ?? "-")"
  }
}
