import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger

/// Delivers any number of orders into files, in groups whose entries are written together.
struct Batch {
  let server: DeliveryServer
  let format: DeliveredFormat
  let template: String
  let isAgain: Bool
  let isResuming: Bool
  let diagnostics: Diagnostics

  /// Orders in a group.
  private static let groupSize = 128

  /// Delivers all; what is wrong with single orders is said, and the others are delivered.
  ///
  /// - Throws: `ExitCode(2)` when something was wrong with an order, else what stopped it.
  func run(requests: (Int) throws -> [DeliveryServer.Request]) throws {
    server.log.indexLag = 1 << 14
    defer { server.log.extendIndex() }
    var progress = Progress("delivering", total: nil, diagnostics: diagnostics)
    var count = 0
    var isAllWell = true
    let (template, format) = (template, format)
    while case var group = try requests(Self.groupSize), !group.isEmpty {
      if isResuming { group = try group.filter { try server.isBegun($0.order) } }
      let result = try server.deliver(group, isAgain: isAgain, as: format) {
        $0.path(template, format)
      }
      count += result.delivered.count
      progress.update(Double(count), "\(count) copies")
      for fault in result.faults {
        isAllWell = false
        guard let fault = fault as? any ExplainedError else { throw fault }
        progress.finish()
        diagnostics.error(fault.description, hint: fault.hint)
        // A full disk stays full: the rest is left as it is.
        if fault is SystemError { throw ExitCode(2) }
      }
    }
    progress.finish()
    diagnostics.note("\(count) copies delivered")
    if !isAllWell { throw ExitCode(2) }
  }
}
