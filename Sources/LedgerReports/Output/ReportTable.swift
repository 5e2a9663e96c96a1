import CommandLineSupport
package import Trade
package import TransparencyLog

/// A value in a row of a report.
package enum Cell: Sendable {
  case text(String?)
  case integer(Int64?)
  case time(UTCTime?)
  /// An amount in minor units.
  case money(Int64, Currency)
}

/// A column of a report.
package struct Column: Sendable {
  /// The name: small letters, digits and `_`.
  let name: String
  /// What its cells are.
  let content: Content
  /// Whether the text for people has it.
  let isForPeople: Bool

  enum Content: Sendable {
    case text, integer, time
    /// Two columns for programs: minor units, named with `_minor` behind it, and units.
    case money
  }

  init(_ name: String, _ content: Content = .text, isForPeople: Bool = true) {
    self.name = name
    self.content = content
    self.isForPeople = isForPeople
  }

  /// The names for programs.
  var names: [String] { content == .money ? [name + "_minor", name] : [name] }
}

/// Writes a report of rows as text, TSV or NDJSON.
///
/// TSV and NDJSON go out row by row; text waits for the last row, since columns are aligned.
package final class ReportTable {
  private let type: String
  private let columns: [Column]
  private let format: ReportFormat
  private let output: ReportOutput
  private var rows: [[String]] = []

  /// - Parameters:
  ///   - type: what a row is, for NDJSON.
  ///   - columns: the columns.
  ///   - format: text, TSV or NDJSON.
  ///   - output: where the report goes.
  /// - Throws: `SystemError`.
  package init(
    _ type: String, _ columns: [Column], _ format: ReportFormat, _ output: ReportOutput
  ) throws {
    self.type = type
    self.columns = columns
    self.format = format
    self.output = output
    if format == .tsv {
      try output.writeLine(columns.flatMap(\.names).joined(separator: "\t"))
    }
  }

  /// Adds a row with a cell for each column.
  ///
  /// - Throws: `SystemError`.
  package func add(_ cells: [Cell]) throws {
    precondition(cells.count == columns.count)
    switch format {
    case .tsv:
      try output.writeLine(cells.flatMap(\.fields).joined(separator: "\t"))
    case .ndjson:
      let members = zip(columns, cells).flatMap { zip($0.names, $1.values) }
      try output.writeLine(
        JSONValue.object([("type", .string(type))] + members.map { (name: $0, value: $1) }).compact)
    case .text, .hledger, .beancount:
      rows.append(
        zip(columns, cells).filter(\.0.isForPeople).map { $1.fields.last ?? "" })
    }
  }

  /// Writes what is left, the tree as the last line, and makes the output final.
  ///
  /// - Throws: `SystemError`.
  package func finish(_ head: TreeHead) throws {
    if format == .text {
      try writeText()
      try output.writeLine("")
    }
    try output.writeLine(format.treeLine(head))
    try output.finish()
  }

  private func writeText() throws {
    let shown = columns.filter(\.isForPeople)
    let heading = shown.map { $0.name.replacing("_", with: " ") }
    let widths = shown.indices.map { column in
      rows.reduce(heading[column].displayWidth) { max($0, $1[column].displayWidth) }
    }
    for row in [heading] + rows {
      var line = ""
      for (column, text) in row.enumerated() {
        let isNumber = shown[column].content == .money || shown[column].content == .integer
        line += column > 0 ? "  " : ""
        line += isNumber ? text.paddedLeft(to: widths[column]) : text.padded(to: widths[column])
      }
      while line.hasSuffix(" ") { line.removeLast() }
      try output.writeLine(line)
    }
  }
}

extension Cell {
  /// The fields of TSV; no value has a tab or line end, since the ledger's texts have none.
  fileprivate var fields: [String] {
    switch self {
    case .text(let text): [text ?? ""]
    case .integer(let number): [number.map { String($0) } ?? ""]
    case .time(let time): [time?.description ?? ""]
    case .money(let amount, let currency): [String(amount), decimalText(amount, currency)]
    }
  }

  fileprivate var values: [JSONValue] {
    switch self {
    case .text(let text): [text.map { .string($0) } ?? .null]
    case .integer(let number): [number.map { .integer($0) } ?? .null]
    case .time(let time): [time.map { .string("\($0)") } ?? .null]
    case .money(let amount, let currency):
      [.integer(amount), .string(decimalText(amount, currency))]
    }
  }
}

/// An amount of minor units in units of its currency.
///
/// Sums of many entries may be beyond what one entry can carry, up to 64 bits.
func decimalText(_ amount: Int64, _ currency: Currency) -> String {
  let (units, rest) = amount.magnitude.quotientAndRemainder(dividingBy: currency.minorUnitsPerUnit)
  let sign = amount < 0 ? "-" : ""
  if currency.minorDigits == 0 { return "\(sign)\(units)" }
  let digits = String(rest)
  let zeros = String(repeating: "0", count: currency.minorDigits - digits.count)
  return "\(sign)\(units).\(zeros)\(digits)"
}
