import CommandLineSupport
import FingerprintCode
import Glibc
import ImageMark
import LeakTracing
import MarkKeys
import Signing

extension Report {
  /// The A/B segments of a title in a film.
  func segments(_ mark: SegmentMark, file: String) throws {
    switch style {
    case .silent: break
    case .json:
      var members: [(name: String, value: JSONValue)] = [
        ("type", "segments"), ("file", .string(file)), ("key", .string(mark.key.name)),
        ("method", "spectral"), ("title_tag", .string(mark.tagText)),
        ("first_segment", .integer(Int64(mark.range.lowerBound))),
        ("last_segment", .integer(Int64(mark.range.upperBound))),
        ("segments_read", .integer(Int64(mark.clearCount))),
        ("width", .integer(Int64(mark.width))), ("height", .integer(Int64(mark.height))),
        ("start", .fixed(mark.span.lowerBound, 3)), ("end", .fixed(mark.span.upperBound, 3)),
      ]
      members += Self.members(mark.pose)
      members += [
        ("score", .fixed(mark.score, 4)), ("bound", .number(max(exp(mark.logBound), 1e-300))),
        ("log10_bound", .fixed(mark.logBound / M_LN10, 2)),
      ]
      let readings = mark.readings.map { reading in
        JSONValue.object([
          ("segment", .integer(Int64(reading.number))),
          ("start", .fixed(reading.span.lowerBound, 3)),
          ("end", .fixed(reading.span.upperBound, 3)),
          ("log10_ratio", .fixed(reading.logRatio / M_LN10, 3)),
        ])
      }
      try output.writeLine(.object(members + [("readings", .array(readings))]))
    case .text:
      func number(_ value: Double) -> String { decimal(value, digits: 2) ?? "-" }
      let words =
        [
          "title_tag=\(mark.tagText)", "key=\(Self.printable(mark.key.name))",
          "first_segment=\(mark.range.lowerBound)", "last_segment=\(mark.range.upperBound)",
          "segments_read=\(mark.clearCount)", "start=\(number(mark.span.lowerBound))",
          "end=\(number(mark.span.upperBound))",
        ] + Self.words(mark.pose) + [
          "score=\(number(mark.score))", "bound=\(Self.power(mark.logBound, .up))",
        ]
      try output.writeLine("\(Self.printable(file)): " + words.joined(separator: " "))
    }
  }

  /// A delivery whose segments a film has.
  func delivery(
    _ suspect: LedgerTrace.SegmentSuspect, runnerUp: LeakTracer.RunnerUp?, file: String
  ) throws {
    let (mark, accusation) = (suspect.mark, suspect.accusation)
    switch style {
    case .silent: break
    case .json:
      var members: [(name: String, value: JSONValue)] = [
        ("type", "delivery"), ("file", .string(file)),
      ]
      members += Self.who(suspect.delivery, suspect.published)
      members += [
        ("key", .string(mark.key.name)), ("by", "fingerprint"),
        ("bound", .number(max(exp(suspect.logBound), 1e-300))),
        ("log10_bound", .fixed(suspect.logBound / M_LN10, 2)),
      ]
      if let runnerUp {
        members.append(
          ("runner_up_log10_ratio", .fixed(runnerUp.logarithmOfRatio / M_LN10, 2)))
      }
      members += [
        ("start", .fixed(mark.span.lowerBound, 2)), ("end", .fixed(mark.span.upperBound, 2)),
        ("log10_ratio", .fixed(accusation.logarithmOfRatio / M_LN10, 2)),
      ]
      if let rank = accusation.identityRank {
        members.append(("identity_rank", .integer(Int64(rank + 1))))
      }
      let title = FingerprintKey(key: mark.key, title: "\(accusation.content)")
      members.append(
        ("evidence", Self.evidence(accusation.evidence, accusation.finding, title)))
      try output.writeLine(.object(members))
    case .text:
      var words =
        Self.words(suspect.delivery) + [
          "bound=\(Self.power(suspect.logBound, .up))",
          "ratio=\(Self.power(accusation.logarithmOfRatio, .down))",
        ]
      if let runnerUp {
        words.append("runner_up_ratio=\(Self.power(runnerUp.logarithmOfRatio, .up))")
      }
      try output.writeLine(
        "\(Self.printable(file)): " + (words + ["by=fingerprint"]).joined(separator: " "))
    }
  }
}
