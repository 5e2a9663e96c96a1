import CommandLineSupport
package import Ledger
import Outlets
import Trade

/// How a shop's holding ended, on the disk before anything is erased: whoever finds it finishes what
/// it says, with the same entries.
package struct BurnEnding: Equatable {
  /// Why it is erased: burned or expired.
  package let cause: DeletionCause
  /// How many discs there are.
  package let discs: Int64

  init(cause: DeletionCause, discs: Int64) {
    self.cause = cause
    self.discs = discs
  }

  init(_ fields: inout FieldReader) throws {
    cause = try fields.word("cause")
    discs = try fields.integer("discs")
  }

  var canonical: CanonicalValue {
    .object(["cause": .string(cause.rawValue), "discs": .integer(discs)])
  }
}

extension Holding {
  /// How a shop has ended it; nil while it is held.
  ///
  /// - Returns: the ending.
  /// - Throws: what is wrong with the file, or `SystemError`.
  package func burnEnding() throws -> BurnEnding? {
    try CanonicalFile.read(path + "/" + Self.endingName) { try BurnEnding(&$0) }
  }
}
