import FingerprintCode
import Ledger
import MarkKeys
import Masters
import Signing
import Trade

/// The markings of copies: new ones get the next serials.
///
/// It is used under the lock of the ledger, so that no serial is given twice.
struct MarkingPlan {
  private let facts: Facts
  private let author: Author
  private var serials: [PartyName: Int64] = [:]
  /// The entries for new copies.
  private(set) var drafts: [Draft] = []

  init(_ facts: Facts, _ author: Author) {
    self.facts = facts
    self.author = author
  }

  /// Adds the copies of an order.
  ///
  /// - Parameters:
  ///   - order: which one.
  ///   - held: the masters of its titles.
  /// - Returns: the copies to be written.
  /// - Throws: `DeliveryFault`; nothing is added then.
  mutating func add(_ order: Order, _ held: [SHA256Hash: HeldMaster]) throws -> [CopyJob] {
    let ordered = order.ordered
    let entries = DeliveryIdentifiers(order: ordered.order)
    var (serials, drafts) = (serials, drafts)
    var jobs: [CopyJob] = []
    for item in order.items {
      guard let master = held[item.master] else { throw DeliveryFault.noMaster(item.content) }
      let title = try facts.title(item.content)
      let id = try entries.entry(item.content, .marking)
      let known = try facts.entry(id)?.event.body as? Marking
      if known == nil, title == nil { throw DeliveryFault.unpublished(item.content) }
      let serial =
        try known?.serial ?? serials[ordered.contentServer]
        ?? facts.nextSerial(of: ordered.contentServer)
      let message = try known?.message ?? parties(ordered).message(serial: serial)
      let (codeword, commitment) = master.codeword(message)
      let marking =
        known
        ?? Marking(
          order: ordered.order, content: item.content, user: ordered.user,
          contentServer: ordered.contentServer, deliveryServer: author.name,
          outlet: ordered.outlet, serial: serial, message: message, commitment: commitment.hash)
      if marking.commitment != commitment.hash { throw DeliveryFault.otherMarking(ordered.order) }
      if known == nil {
        drafts.append(Draft(id: id, marking))
        serials[ordered.contentServer] = serial + 1
      }
      jobs.append(
        CopyJob(
          order: order, item: item, title: title, held: master, marking: marking, markingID: id,
          codeword: codeword, commitment: commitment))
    }
    (self.serials, self.drafts) = (serials, drafts)
    return jobs
  }

  private func parties(_ ordered: Ordered) throws -> MarkedParties {
    func party(_ name: PartyName) throws -> Facts.Party {
      guard let party = try facts.party("\(name)") else { throw RuleFault.unknownParty(name) }
      return party
    }
    return try MarkedParties(
      contentServer: party(ordered.contentServer), deliveryServer: party(author.name),
      outlet: ordered.outlet.map(party), user: party(ordered.user))
  }
}
