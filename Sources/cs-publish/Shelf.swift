import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import Masters
import Trade

/// The store of a content server and the ledger that tells of it.
struct Shelf {
  let store: MasterStore
  let writing: WritingOptions
  let diagnostics: Diagnostics

  /// Finds out whether a title could be published, without publishing it.
  ///
  /// - Parameter title: its master may be missing yet.
  /// - Returns: the content server, and whether the title was ever published.
  /// - Throws: what `publish` would.
  func rehearse(_ title: Published) throws -> (server: Facts.Party, isKnown: Bool) {
    let author = try writing.author(diagnostics)
    var found: (Facts.Party, Bool)?
    _ = try writing.file.reading().rehearse(by: author) { facts in
      let change = CatalogueChange(facts)
      if let party = try facts.party("\(author.name)") {
        guard party.role == .contentServer else {
          throw CatalogueFault.notContentServer(party.name)
        }
        found = (party, try change.isKnown(title.content))
      }
      return [Draft(id: try Handle("~rehearsal~"), title)]
    }
    guard let found else { throw RuleFault.unknownParty(author.name) }
    return found
  }

  /// Writes that a title is offered.
  func publish(_ title: Published) throws {
    try change { try CatalogueChange($0).publish(title) }
  }

  /// Writes that a title is no longer offered.
  func withdraw(_ content: Handle, reason: String?) throws {
    try change { try CatalogueChange($0).withdraw(content, reason: reason) }
  }

  private func change(_ make: (Facts) throws -> Draft?) throws {
    let author = try writing.author(diagnostics)
    let receipts = try writing.append(to: writing.file.appending(), by: author, diagnostics) {
      try make($0).map { [$0] } ?? []
    }
    diagnostics.note(
      receipts.first.map { "wrote entry \($0.index)" } ?? "this was in the ledger already")
  }

  /// Takes the master of a title to delivery servers, each of which is recorded at once.
  func place(_ content: Handle, on targets: [PlacingOptions.Target]) throws {
    let author = try writing.author(diagnostics)
    let log = try writing.file.appending()
    for target in targets {
      // Nobody changes the master meanwhile.
      let place = try MasterPlace(content, in: store)
      defer { withExtendedLifetime(place) {} }
      let master = try currentMaster(of: content, log.facts)
      let hold = try Placements(of: content, log.facts).masters[target.server]
      if hold == master.identity {
        diagnostics.note("\(quoted("\(target.server)")) holds the master already")
        continue
      }
      // A server that is none is found before anything is copied.
      _ = try log.rehearse(by: author) { facts in
        try draft(content, master, target.server, facts)
      }
      try target.place(master, of: content)
      _ = try writing.append(to: log, by: author, diagnostics) { facts in
        try draft(content, master, target.server, facts)
      }
      diagnostics.note("placed \(quoted("\(content)")) on \(quoted("\(target.server)"))")
    }
  }

  private func draft(
    _ content: Handle, _ master: MasterFiles, _ server: PartyName, _ facts: Facts
  ) throws -> [Draft] {
    try Placements(of: content, facts).place(content, master.identity, on: server)
      .map { [$0] } ?? []
  }

  /// Prints the master of a title as a tar stream.
  func send(_ content: Handle) throws {
    let output = try OutputFile(nil, contents: .binary)
    let master = try currentMaster(of: content, writing.ledger.file.reading().facts)
    try MasterStream.send(master, of: content, to: output)
  }

  /// The master that the ledger says of a title.
  private func currentMaster(of content: Handle, _ facts: Facts) throws -> MasterFiles {
    guard let title = try facts.title(content) else { throw CatalogueFault.unknownTitle(content) }
    let path = store.folder(of: content)
    if FileStatus(path: path) == nil {
      throw CatalogueFault.noMaster(content, store: store.path)
    }
    let master = try MasterFiles(path: path)
    guard master.identity == title.master else {
      throw CatalogueFault.otherMaster(content, path: path)
    }
    return master
  }
}
