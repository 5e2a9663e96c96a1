import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Signing
import Trade

/// Enrols parties in a ledger, and makes ledgers.
@main struct LedgerEnroll: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ledger-enroll",
    abstract: "Enrol a party in a ledger",
    discussion: """
      What is enrolled already is left as it is: any command can be given twice.
      """,
    version: suiteVersion)

  @Argument(help: "What the party is.") var kind: PartyKind?
  @Argument(help: "What it is called.") var name: String?

  @Option(help: "The party's number. (default: the next free one)") var number: Int64?
  @OptionGroup var publicKey: PublicKeyOptions
  @Option(help: ArgumentHelp("Who runs the home server.", valueName: "party"))
  var administrator: String?

  @OptionGroup var action: ActionOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    let action = try action.action
    let given =
      [
        ("KIND", kind != nil, [.enrol]), ("--number", number != nil, [.enrol]),
        ("--key", publicKey.isGiven, [.enrol, .rekey]),
        ("--administrator", administrator != nil, [.enrol]),
        ("--show", self.action.show, [.enrol, .batch]),
        ("--reason", self.action.reason != nil, [.revoke]),
        ("--kind", self.action.ofKind != nil, [.list]),
      ] as [(String, Bool, Set<ActionOptions.Action>)]
    for (option, isGiven, actions) in given where isGiven && !actions.contains(action) {
      throw ValidationError("\(option) does not go with \(action.rawValue)")
    }
    if action == .enrol, name == nil { throw ValidationError("no KIND and NAME of a party") }
    if action == .rekey, !publicKey.isGiven { throw ValidationError("--rekey needs a key") }
    if action == .revoke, self.action.reason == nil {
      throw ValidationError("--revoke needs --reason")
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let action = try action.action
    if action == .list { return try list() }
    try checkWords(self.action.reason, "--reason")
    let author = try writing.author(diagnostics)
    if action == .open {
      let origin = try Origin(self.action.open ?? "")
      let isNew = try writing.file.open(origin: origin, author: author)
      return diagnostics.note(isNew ? "made the ledger" : "the ledger was there already")
    }
    let key = try publicKey.publicKey(diagnostics)
    let party = try (name ?? self.action.rekey ?? self.action.revoke).map { try PartyName($0) }
    let administrator = try administrator.map { try PartyName($0) }
    let log = try writing.file.appending()
    if action == .batch { return try enrolLines(log, author, diagnostics) }
    guard let party else { return }
    var enrolled: Enrolled?
    let receipts = try writing.append(to: log, by: author, diagnostics) { facts in
      var plan = EnrolmentPlan(facts)
      switch (action, key, self.action.reason, kind) {
      case (.rekey, let key?, _, _): try plan.rekey(party, key)
      case (.revoke, _, let reason?, _): try plan.revoke(party, reason: reason)
      case (_, _, _, let kind?):
        enrolled = try plan.enrol(
          EnrolmentRequest(
            party: party, role: kind, number: number, key: key, administrator: administrator))
      default: break
      }
      return plan.drafts
    }
    if self.action.show, let enrolled { try StandardOutput().writeLine(enrolled.row) }
    diagnostics.note(
      receipts.first.map { "wrote entry \($0.index)" } ?? "this was in the ledger already")
  }

  private func enrolLines(
    _ log: LedgerLog, _ author: Author, _ diagnostics: Diagnostics
  ) throws {
    var parties: [Enrolled] = []
    try writing.appendLines(
      of: action.batch ?? "-", to: log, by: author, diagnostics,
      parse: { bytes, number in (try EnrolmentRequest(row: bytes), number) },
      make: { facts, lines in
        var plan = EnrolmentPlan(facts)
        parties = try lines.map { request, number in
          try locating(number) { try plan.enrol(request, line: number) }
        }
        return plan.drafts
      },
      afterwards: { lines, receipts in
        if action.show { try StandardOutput().write(parties.map { $0.row + "\n" }.joined()) }
        diagnostics.note("enrolled \(receipts.count) of \(lines.count) parties")
      })
  }

  private func list() throws {
    var rows = ""
    try writing.ledger.file.reading().facts.visitParties { party in
      if let kind = action.ofKind, party.role != kind { return }
      rows += party.row + "\n"
      if rows.utf8.count > 1 << 16 {
        try StandardOutput().write(rows)
        rows = ""
      }
    }
    try StandardOutput().write(rows)
  }
}
