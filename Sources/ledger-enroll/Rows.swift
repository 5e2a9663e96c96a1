import CommandLineSupport
import Ledger
import Signing
import Trade

extension EnrolmentRequest {
  /// Reads a line `KIND<TAB>NAME[<TAB>NUMBER[<TAB>KEY]]`; an empty column counts as none.
  ///
  /// - Throws: `RowFault`, `PartyError` or `PublicKeyError`.
  init(row: UnsafeRawBufferPointer) throws {
    let columns = String(decoding: row, as: UTF8.self)
      .split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard (2...4).contains(columns.count) else { throw RowFault.columns(columns.count) }
    var number: Int64?
    if columns.count > 2, !columns[2].isEmpty {
      number = Int64(columns[2])
      if number == nil { throw RowFault.number(columns[2]) }
    }
    self.init(
      party: try PartyName(columns[1]), role: try PartyKind(columns[0]), number: number,
      key: columns.count > 3 && !columns[3].isEmpty ? try PublicKey(text: columns[3]) : nil)
  }
}

/// A line does not name a party to enrol.
enum RowFault: ExplainedError {
  case columns(Int)
  case number(String)

  var description: String {
    switch self {
    case .columns(let count): "\(count) columns instead of 2 to 4"
    case .number(let text): "\(quoted(text)) is not a number"
    }
  }

  var hint: String? { "a line is KIND, NAME, NUMBER and KEY, parted by tabs" }
}

extension Enrolled {
  /// Name, kind and number, parted by blanks.
  var row: String { "\(party) \(role.rawValue) \(number)" }
}

extension Facts.Party {
  /// Name, kind, number, key, state and administrator, parted by tabs.
  var row: String {
    [
      "\(name)", role.rawValue, "\(number)", key?.text ?? "", isRevoked ? "revoked" : "active",
      administrator?.description ?? "",
    ].joined(separator: "\t")
  }
}
