import Ledger
import Trade

extension DeliveryReport.Filter {
  /// Whether all copies are wanted.
  var isOpen: Bool {
    user == nil && content == nil && order == nil && serial == nil && message == nil && party == nil
  }

  /// Chooses the copies that are wanted and what became of them.
  ///
  /// - Returns: false when no term tells which are wanted.
  /// - Throws: what looking up throws.
  func choose(_ choice: inout EntryChoice) throws -> Bool {
    guard let terms = try terms(choice.facts) else { return false }
    for term in terms {
      for event in try choice.events(.marking, with: term) {
        guard let marking = event.body as? Marking, matches(marking) else { continue }
        try choice.add(Term(.order, "\(marking.order)"))
        // A delivery is told apart by its serial, whatever order it names.
        try choice.add(Term(.serial, "\(marking.contentServer)/\(marking.serial)"))
      }
    }
    return true
  }

  /// The terms one of which each wanted copy has; those of the filter with the fewest copies.
  private func terms(_ facts: Facts) throws -> [Term]? {
    if let order { return [Term(.order, "\(order)")] }
    if let message { return [Term(.message, "\(message)")] }
    if let serial {
      return try facts.names(in: .contentServer).map { Term(.serial, "\($0)/\(serial)") }
    }
    if let user { return [Term(.user, "\(user)")] }
    guard let party else { return content.map { [Term(.content, "\($0)")] } }
    // Who is not enrolled has a part in nothing.
    guard let role = try facts.party("\(party.name)")?.role else { return [] }
    if role == .user { return [Term(.user, "\(party.name)")] }
    if let content { return [Term(.content, "\(content)")] }
    return role == .contentServer ? [Term(.series, "\(party.name)")] : nil
  }
}
