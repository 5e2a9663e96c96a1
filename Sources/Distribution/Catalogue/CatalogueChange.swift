package import Ledger

/// What has to be written so that a title is offered with some terms, or is no longer offered.
///
/// What is so already needs no entry. An entry is named after what it says and after how often the
/// title was published and withdrawn before, so that each change is one entry however often its
/// command is given.
package struct CatalogueChange {
  private let facts: Facts

  package init(_ facts: Facts) { self.facts = facts }

  /// - Parameter title: with its terms.
  /// - Returns: the entry, nil when the title is offered with just these terms.
  /// - Throws: what the ledger's storage throws.
  package func publish(_ title: Published) throws -> Draft? {
    if try facts.title(title.content) == title { return nil }
    let body = String(decoding: title.canonical.bytes, as: UTF8.self)
    return Draft(
      id: try EntryNames.handle("published", [body, "\(changes(of: title.content))"]), title)
  }

  /// - Parameters:
  ///   - content: the title.
  ///   - reason: why it is no longer offered.
  /// - Returns: the entry, nil when it was withdrawn before.
  /// - Throws: `CatalogueFault.unknownTitle` for a title that never was offered.
  package func withdraw(_ content: Handle, reason: String?) throws -> Draft? {
    let changes = try changes(of: content)
    guard try facts.title(content) != nil else {
      if changes == 0 { throw CatalogueFault.unknownTitle(content) }
      return nil
    }
    return Draft(
      id: try EntryNames.handle("withdrawn", ["\(content)", "\(changes)"]),
      Withdrawn(content: content, reason: reason))
  }

  /// Whether a title was ever offered.
  package func isKnown(_ content: Handle) throws -> Bool { try changes(of: content) > 0 }

  /// How often a title was published and withdrawn.
  private func changes(of content: Handle) throws -> Int {
    var count = 0
    try facts.visit(Term(.title, "\(content)")) { _, event in
      switch event.body {
      case let published as Published where published.content == content: count += 1
      case let withdrawn as Withdrawn where withdrawn.content == content: count += 1
      default: break
      }
    }
    return count
  }
}
