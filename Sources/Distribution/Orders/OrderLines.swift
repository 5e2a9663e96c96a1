package import CommandLineSupport
import Ledger

/// Reads orders from a file or stream, one signed line each; empty lines are passed over.
package final class OrderLines {
  private let source: LineSource
  private var number = 0
  private var seen: Set<Handle> = []

  package init(_ file: FileDescriptor) { source = LineSource(file) }

  /// The next orders; an order that came before is passed over.
  ///
  /// - Parameter count: how many at most.
  /// - Returns: the orders; none at the end.
  /// - Throws: `DraftFault`, which names the line, or `SystemError`.
  package func next(_ count: Int) throws -> [DeliveryServer.Request] {
    var requests: [DeliveryServer.Request] = []
    while requests.count < count, let bytes = try source.next() {
      number += 1
      if bytes.isEmpty { continue }
      let request = try bytes.withUnsafeBytes { bytes in
        do {
          let (line, order) = try Order.read(bytes)
          return DeliveryServer.Request(line: line, order: order)
        } catch let error as any ExplainedError {
          throw DraftFault(line: number, error)
        }
      }
      if seen.insert(request.order.ordered.order).inserted { requests.append(request) }
    }
    return requests
  }
}
