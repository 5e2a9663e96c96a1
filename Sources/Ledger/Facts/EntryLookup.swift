package import Trade

/// A way to find entries that were written before.
package protocol EntryLookup: AnyObject {
  /// The places of the entries with a term, ascending; some may be of other terms.
  func places(of term: Term) throws -> [Int64]
  /// The last of `places(of:)`.
  func lastPlace(of term: Term) throws -> Int64?
  /// Lends the line at a place, without its end, until the next call.
  func withLine<Result>(
    at place: Int64, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result
  /// What an account of a book holds, debits less credits, in minor units.
  func balance(_ account: Account, _ currency: Currency) throws -> Int64
}
