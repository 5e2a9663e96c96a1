import CommandLineSupport
package import Signing
package import Trade

extension [Order] {
  /// The orders as signed lines, each with its line feed; signed on all cores.
  ///
  /// - Parameters:
  ///   - author: who vouches for them.
  ///   - key: the author's key.
  /// - Returns: the lines in the order of the orders.
  package func signedLines(by author: PartyName, with key: SigningKey) -> String {
    let pieces = (count + 127) / 128
    let results = ParallelResults<String>(count: pieces)
    let orders = self
    inParallel(pieces) { piece in
      results.set(piece) {
        orders[piece * 128..<Swift.min(piece * 128 + 128, orders.count)].map { order in
          String(decoding: order.signed(by: author, with: key).bytes, as: UTF8.self) + "\n"
        }.joined()
      }
    }
    return ((try? results.values()) ?? []).joined()
  }
}
