import AudioStreams
package import FingerprintCode
package import Ledger
package import Masters
package import Signing
import Trade

/// A copy that is marked in the ledger and has to be written.
package struct CopyJob {
  package let order: Order
  package let item: Order.Item
  package let title: Published?
  package let held: HeldMaster
  /// What the ledger says of the copy.
  package let marking: Marking
  /// The identifier of that entry.
  package let markingID: Handle
  let codeword: FingerprintCodeword
  package let commitment: CodewordCommitment

  /// What the copy says about itself.
  package var tags: CopyTags {
    CopyTags(
      soundTags, title: title?.title, artist: title?.artist,
      isrc: title?.isrc?.description, order: "\(marking.order)",
      notice: "This copy is personal: it was made for \(marking.user) and carries a mark.")
  }
}

extension CopyJob {
  /// The tags of a recording that sound came from.
  private var soundTags: [AudioMetadata.Tag: String] {
    guard case .sound(let master) = held.medium else { return [:] }
    return master.manifest.tags
  }
}

/// What was written of a copy.
package struct WrittenCopy: Sendable, Equatable {
  package let bytes: Int64
  /// Nil when nobody asked for it.
  package let hash: SHA256Hash?

  package init(bytes: Int64, hash: SHA256Hash?) {
    self.bytes = bytes
    self.hash = hash
  }
}
