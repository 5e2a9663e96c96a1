import CommandLineSupport
import Glibc
package import Ledger

/// Writes shipments into files on all cores, and has them on the disk before it says so.
package struct ShipmentWriter {
  private let format: DeliveredFormat
  private let author: Author
  private let hashes: Bool
  private let path: (Shipment) -> String

  /// - Parameters:
  ///   - format: the format.
  ///   - author: the delivery server.
  ///   - hashes: whether the hashes of copies are wanted.
  ///   - path: the file of a shipment.
  package init(
    _ format: DeliveredFormat, _ author: Author, hashes: Bool,
    path: @escaping (Shipment) -> String
  ) {
    self.format = format
    self.author = author
    self.hashes = hashes
    self.path = path
  }

  /// Writes them.
  ///
  /// - Parameter shipments: what is to be written.
  /// - Returns: for each one, what was written or what went wrong; all that was written is on the
  ///   disk.
  package func write(_ shipments: [Shipment]) -> [Result<[WrittenCopy], any Error>] {
    let paths = shipments.map(path)
    let results = UnsafeMutableBufferPointer<Result<Written, any Error>>.allocate(
      capacity: shipments.count)
    results.initialize(repeating: .success(Written()))
    defer {
      results.deinitialize()
      results.deallocate()
    }
    let workers = max(1, min(shipments.count, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    // Every worker writes its own places; masters are only read.
    nonisolated(unsafe) let (places, work) = (results, shipments)
    let (format, author, hashes) = (format, author, hashes)
    inParallel(workers) { worker in
      let writer = CopyWriter(format, hashes: hashes)
      for number in stride(from: worker, to: work.count, by: workers) {
        places[number] = Result {
          let output = try OutputFile(paths[number], contents: .binary)
          let copies = try work[number].write(with: writer, author, to: output)
          return Written(copies: copies, file: try output.publish())
        }
      }
    }
    inParallel(workers) { worker in
      for number in stride(from: worker, to: work.count, by: workers) {
        guard case .success(let written) = places[number] else { continue }
        places[number] = Result {
          try written.file?.synchronize()
          return written
        }
      }
    }
    let folders = Result { try Set(paths.map { folder(of: $0) }).forEach { try sync($0) } }
    return results.map { result in
      Result {
        let written = try result.get()
        try folders.get()
        return written.copies
      }
    }
  }

  private func sync(_ folder: String) throws { try synchronizeFolder(of: folder + "/.") }

  /// What was written of a shipment, and its file.
  private struct Written {
    var copies: [WrittenCopy] = []
    var file: FileDescriptor?
  }
}
