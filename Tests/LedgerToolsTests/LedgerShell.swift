import CommandLineSupport
import Ledger
import Testing
import Trade
import _TestSupport

/// A folder with a ledger `l` of the content server `cs`, and a shell that knows the tools.
final class LedgerShell {
  let folder = TemporaryFolder()

  /// Makes the keys and the ledger, then enrols the usual parties.
  init() throws {
    try expectSuccess(
      """
      for name in cs ds shop home-admin; do wm-keygen --signing -o $name.key; done
      ledger-enroll --open test.example/l
      ledger-enroll user alice
      ledger-enroll delivery-server ds --key-file ds.key
      ledger-enroll shop shop --key-file shop.key
      ledger-enroll administrator home-admin --key-file home-admin.key
      ledger-enroll building-manager manager
      """)
  }

  /// Runs lines of shell.
  func run(_ lines: String, seconds: Int = 60) throws -> Subprocess {
    let tools = try [
      "wm-keygen", "ledger-enroll", "ledger-pay", "ledger-verify", "_ledger-append",
    ].map {
      "\($0)() { \(try BuiltTools.path($0)) \"$@\"; }"
    }
    return try Subprocess.shell(
      (tools + [lines]).joined(separator: "\n"),
      environment: [
        "SUKASHI_LEDGER": "l", "SUKASHI_AS": "cs", "SUKASHI_SIGNING_KEY": "cs.key",
        "BIN": BuiltTools.path("ledger-pay").dropLast("/ledger-pay".count).description,
      ],
      folder: folder.path, seconds: seconds)
  }

  /// Runs lines that must say nothing on standard error, and returns what they print.
  @discardableResult
  func expectSuccess(_ lines: String, _ location: SourceLocation = #_sourceLocation) throws
    -> String
  {
    let result = try run("set -e\n" + lines)
    #expect(
      result.status == 0 && result.errors.isEmpty, "\(result.errors)", sourceLocation: location)
    return result.text
  }

  /// Runs a line that must fail with status 2 and leave the ledger as it was.
  ///
  /// - Returns: what it says on standard error, without the tool's name in front.
  @discardableResult
  func expectRefusal(_ lines: String, _ location: SourceLocation = #_sourceLocation) throws
    -> [String]
  {
    let before = try ledger
    let result = try run(lines)
    #expect(result.status == 2, sourceLocation: location)
    #expect(result.output.isEmpty, sourceLocation: location)
    #expect(try ledger == before, sourceLocation: location)
    return result.errors.split(separator: "\n").map { line in
      String(line.drop { $0 != ":" }.dropFirst(2))
    }
  }

  /// The bytes of the ledger.
  var ledger: [UInt8] { get throws { try folder.read("l") } }

  /// The entries of one type, oldest first.
  func entries<Body: EventBody>(_: Body.Type = Body.self) throws -> [Body] {
    var found: [Body] = []
    _ = try LedgerFile(folder.path("l")).scanning().run(
      take: { try $0.event().body as? Body }, gather: { found.append($0) })
    return found
  }

  /// What every account holds that does not hold nothing, in minor units, by book and path.
  func balances() throws -> [String: Int64] {
    var balances: [String: Int64] = [:]
    _ = try LedgerFile(folder.path("l")).scanning().run(
      take: { head in
        let event = try head.event()
        var books: [PartyReference: Int64] = [:]
        for posting in postings(of: event) {
          books[posting.account.book, default: 0] += posting.amount
        }
        #expect(books.values.allSatisfy { $0 == 0 })
        return postings(of: event)
      },
      gather: { postings in
        for posting in postings {
          let account = posting.account
          balances["\(account.book.name) \(account.path)", default: 0] += posting.amount
        }
      })
    return balances.filter { $0.value != 0 }
  }

  /// Checks what every account holds.
  func expectBalances(
    _ expected: [String: Int64], _ location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try balances() == expected, sourceLocation: location)
  }

  /// Writes bills into the ledger.
  func bill(_ bills: [(id: String, body: Billed)]) throws {
    let lines = try bills.map { id, body in
      CanonicalValue.object([
        "body": body.canonical, "id": .string("\(try Handle(id))"), "kind": .string("billed"),
      ]).bytes + [UInt8(ascii: "\n")]
    }
    try folder.write("bills", lines.joined())
    try expectSuccess("_ledger-append --silent bills")
  }
}

extension Billed {
  /// A bill of one line for each pair of net amount and tax, in euros unless said.
  static func of(
    _ payer: String, _ payee: String, _ lines: [(net: Int64, tax: Int64)],
    purpose: BillPurpose = .content, for user: String? = nil, currency: String = "EUR"
  ) throws -> Billed {
    Billed(
      payer: try PartyReference(payer), payee: try PartyReference(payee),
      currency: try Currency(currency),
      lines: try lines.enumerated().map { number, line in
        try BillLine(
          purpose: purpose, content: Handle("title-\(number)"), quantity: 1, unit: .purchase,
          unitPrice: line.net, tax: line.tax)
      }, beneficiary: try user.map { try PartyName($0) })
  }
}
