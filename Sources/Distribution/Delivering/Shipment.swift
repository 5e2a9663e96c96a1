package import CommandLineSupport
package import Ledger
import Trade

/// What leaves as one file: a copy, or the parcel of an order that goes to a home server or shop.
package struct Shipment {
  package let jobs: [CopyJob]

  /// The copies of orders as shipments, in their order.
  package static func all(_ jobs: [CopyJob]) -> [Shipment] {
    var shipments: [Shipment] = []
    for job in jobs {
      if job.marking.outlet != nil, let last = shipments.last,
        last.jobs[0].marking.order == job.marking.order
      {
        shipments[shipments.count - 1] = Shipment(jobs: last.jobs + [job])
      } else {
        shipments.append(Shipment(jobs: [job]))
      }
    }
    return shipments
  }

  /// Whether it is a parcel.
  package var isParcel: Bool { jobs[0].marking.outlet != nil }

  /// Fills in a template for the names of files.
  ///
  /// - Parameters:
  ///   - template: with `{order}`, `{content}`, `{user}`, `{serial}` and `{ext}`.
  ///   - format: the format of copies.
  /// - Returns: the path; slashes in names are `%2F` in it.
  package func path(_ template: String, _ format: DeliveredFormat) -> String {
    let marking = jobs[0].marking
    var path = template
    for (name, value) in [
      ("order", MasterStore.name(marking.order)), ("content", MasterStore.name(marking.content)),
      ("user", "\(marking.user)"), ("serial", "\(marking.serial)"),
      ("ext", isParcel ? "tar" : ((try? format.format(of: jobs[0].held)) ?? format).name),
    ] {
      path = path.replacing("{\(name)}", with: value)
    }
    return path
  }

  /// Writes it.
  ///
  /// - Throws: as `CopyWriter.write`.
  package func write(
    with writer: CopyWriter, _ author: Author, to output: OutputFile
  ) throws -> [WrittenCopy] {
    if isParcel { return try ParcelWriter(writer, author).write(jobs, to: output) }
    return [try writer.write(jobs[0], to: output)]
  }
}
