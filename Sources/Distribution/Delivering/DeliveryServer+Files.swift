package import CommandLineSupport
import Ledger

extension DeliveryServer {
  /// Delivers orders into files: marks all, writes all on all cores, records all.
  ///
  /// - Parameters:
  ///   - requests: some hundred orders at most; each costs an open file.
  ///   - isAgain: whether what is delivered is to be sent again.
  ///   - format: the format.
  ///   - path: the file of a shipment.
  /// - Returns: what was delivered, and what went wrong with single orders, of which nothing is
  ///   billed.
  /// - Throws: what the ledger throws.
  package func deliver(
    _ requests: [Request], isAgain: Bool, as format: DeliveredFormat,
    path: @escaping (Shipment) -> String
  ) throws -> (delivered: [(job: CopyJob, copy: WrittenCopy)], faults: [any Error]) {
    let checker = CopyWriter(format, hashes: false)
    let work = try begin(requests, isAgain: isAgain, check: checker.check)
    var faults: [any Error] = work.faults
    let shipments = Shipment.all(work.jobs)
    let results = ShipmentWriter(format, author, hashes: hashesCopies, path: path).write(
      shipments)
    var written: [(job: CopyJob, copy: WrittenCopy)] = []
    var failed: Set<Handle> = []
    for (shipment, result) in zip(shipments, results) {
      switch result {
      case .success(let copies): written += zip(shipment.jobs, copies).map { ($0, $1) }
      case .failure(let error):
        faults.append(error)
        failed.insert(shipment.jobs[0].marking.order)
      }
    }
    written.removeAll { failed.contains($0.job.marking.order) }
    try finish(written, work)
    return (written, faults)
  }

  /// Delivers one shipment to an output.
  ///
  /// - Parameters:
  ///   - requests: orders, of which at most one shipment may come.
  ///   - isAgain: whether what is delivered is to be sent again.
  ///   - format: the format.
  ///   - output: where it goes; it is made final.
  /// - Returns: what was delivered; nothing when it was before.
  /// - Throws: what went wrong; nothing is billed then.
  package func deliver(
    _ requests: [Request], isAgain: Bool, as format: DeliveredFormat, to output: OutputFile
  ) throws -> [(job: CopyJob, copy: WrittenCopy)] {
    guard try shipmentCount(requests) <= 1 else { throw DeliveryFault.severalCopies }
    let writer = CopyWriter(format, hashes: hashesCopies)
    let work = try begin(requests, isAgain: isAgain, check: writer.check)
    if let fault = work.faults.first { throw fault }
    guard let shipment = Shipment.all(work.jobs).first else { return [] }
    let copies = try shipment.write(with: writer, author, to: output)
    try output.finish()
    let written = zip(shipment.jobs, copies).map { (job: $0, copy: $1) }
    try finish(written, work)
    return written
  }

  private func shipmentCount(_ requests: [Request]) throws -> Int {
    requests.reduce(0) { sum, request in
      sum + (request.order.ordered.outlet == nil ? request.order.items.count : 1)
    }
  }
}
