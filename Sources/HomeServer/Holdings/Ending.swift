package import Ledger
import Outlets
package import Trade

/// How a holding ended, and all that its last entries in the ledger are made of.
///
/// It is on the disk before anything is erased: whoever finds it finishes what it says, and writes the
/// same entries however often that is interrupted.
package struct Ending: Sendable, Equatable {
  /// Why it is erased.
  package let cause: DeletionCause
  /// When it ended.
  package let time: UTCTime
  /// How many bytes the user was given.
  package let bytes: Int64
  /// Started days it was held.
  package let days: Int64
  /// What was viewed.
  package let totals: ViewingTotals
  /// The fee of the home server at that time.
  package let fee: HomeFee?

  package init(
    cause: DeletionCause, time: UTCTime, bytes: Int64 = 0, days: Int64, totals: ViewingTotals,
    fee: HomeFee?
  ) {
    self.cause = cause
    self.time = time
    self.bytes = bytes
    self.days = days
    self.totals = totals
    self.fee = fee
  }

  init(_ fields: inout FieldReader) throws {
    bytes = try fields.integer("bytes")
    cause = try fields.word("cause")
    days = try fields.integer("days")
    if fields.optionalIsPresent("fee") {
      var members = try FieldReader(fields.required("fee"), called: "fee")
      fee = try HomeFee(&members)
      try members.finish()
    } else {
      fee = nil
    }
    let items = try fields.list("items") { node, name in
      var fields = try FieldReader(node, called: name)
      let item = try ViewingTotals.Item(
        milliseconds: fields.integer("milliseconds"), views: fields.integer("views"))
      try fields.finish()
      return item
    }
    totals = ViewingTotals(items: items)
    time = try fields.value("time", UTCTime.init)
  }

  var canonical: CanonicalValue {
    .object([
      "bytes": .integer(bytes), "cause": .string(cause.rawValue), "days": .integer(days),
      "fee": fee?.canonical,
      "items": .array(
        totals.items.map { item in
          .object([
            "milliseconds": .integer(item.milliseconds), "views": .integer(item.views),
          ])
        }), "time": .string("\(time)"),
    ])
  }
}

extension Holding {
  /// How it ended; nil while it is held.
  ///
  /// - Throws: what is wrong with the file, or `SystemError`.
  package func ending() throws -> Ending? {
    let ending = try CanonicalFile.read(path + "/" + Self.endingName) { try Ending(&$0) }
    guard let ending else { return nil }
    guard ending.totals.items.count == items.count else {
      throw HoldingFault.damaged(path + "/" + Self.endingName)
    }
    return ending
  }
}
