import CommandLineSupport
import Signing
package import TransparencyLog

/// How a report is written.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// Columns for people.
  case text
  /// Columns divided by tabs, for programs and spreadsheets.
  case tsv
  /// A JSON object a line.
  case ndjson
  /// A journal for hledger.
  case hledger
  /// A journal for beancount.
  case beancount

  /// The last line of a report: the tree it was computed from.
  package func treeLine(_ head: TreeHead) -> String {
    let (size, root) = (head.size, head.root.base64)
    return switch self {
    case .text: "tree: size \(size) root \(root)"
    case .tsv: "# tree size \(size) root \(root)"
    case .ndjson:
      JSONValue.object([
        ("type", "tree"), ("size", .integer(Int64(size))), ("root", .string(root)),
      ]).compact
    case .hledger, .beancount: "; tree size \(size) root \(root)"
    }
  }
}
