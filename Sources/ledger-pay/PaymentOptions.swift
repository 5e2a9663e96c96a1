import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Trade

/// Who pays whom, how much, and for what.
struct PaymentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Who pays: a name, or kind and name such as user:alice.", valueName: "party")
  )
  var from: String?

  @Option(help: ArgumentHelp("Who is paid.", valueName: "party")) var to: String?

  @Option(help: ArgumentHelp("How much, such as 4.40.", valueName: "decimal")) var amount: String?

  @Option(help: ArgumentHelp("In which currency, such as EUR.", valueName: "code"))
  var currency: String?

  @Option(
    name: .customLong("for"), parsing: .singleValue,
    help: ArgumentHelp("A bill that is paid; may be repeated.", valueName: "bill[=decimal]"))
  var bills: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "What is paid for; may be repeated: "
        + PaymentPurpose.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "purpose[=decimal]"))
  var purpose: [String] = []

  @Option(help: ArgumentHelp("Whose bills are paid instead of the payer's.", valueName: "party"))
  var onBehalfOf: String?

  @Option(help: "Where the money comes from. (default: bank)") var funds: Funds?

  @Flag(help: "Look for no bills: this is a sale without one.") var sale = false

  @Option(help: ArgumentHelp("The tax in a sale without a bill.", valueName: "decimal"))
  var tax: String?

  @Option(
    help: ArgumentHelp(
      "The rate of the tax in sales without a bill, in hundredths of a per cent.",
      valueName: "number"))
  var taxRate: Int?

  @Option(help: ArgumentHelp("The number a bank or till has given it.", valueName: "text"))
  var reference: String?

  /// The options that are given.
  var given: [String] {
    [
      ("--from", from != nil), ("--to", to != nil), ("--amount", amount != nil),
      ("--currency", currency != nil), ("--for", !bills.isEmpty), ("--purpose", !purpose.isEmpty),
      ("--on-behalf-of", onBehalfOf != nil), ("--funds", funds != nil), ("--sale", sale),
      ("--tax", tax != nil), ("--tax-rate", taxRate != nil), ("--reference", reference != nil),
    ].filter(\.1).map(\.0)
  }

  /// Makes sure that what every payment has is given.
  func checkComplete() throws {
    let given = given
    for option in ["--from", "--to", "--amount", "--currency"] where !given.contains(option) {
      throw ValidationError("\(option) is missing")
    }
    if tax != nil, taxRate != nil {
      throw ValidationError("--tax and --tax-rate exclude each other")
    }
    if sale, !bills.isEmpty { throw ValidationError("--sale and --for exclude each other") }
    if sale, purpose.isEmpty { throw ValidationError("--sale needs --purpose") }
  }

  /// What is asked for.
  ///
  /// - Throws: `MoneyError`, `PartyError`, `PartError`, `RuleFault` or `PaymentFault`.
  func request(_ facts: Facts) throws -> PaymentRequest {
    let currency = try Currency(currency ?? "")
    func minor(_ text: String) throws -> Int64 { try MinorUnits(decimal: text, currency).value }
    var taxPart: PaymentRequest.Tax?
    if let tax { taxPart = .amount(try minor(tax)) }
    if let taxRate { taxPart = .rate(try TaxRate(basisPoints: taxRate)) }
    let parts =
      try bills.map { try PaymentRequest.Part(bill: $0, minor) }
      + purpose.map { try PaymentRequest.Part(purpose: $0, minor) }
    return try PaymentRequest(
      payer: facts.reference(from ?? ""), payee: facts.reference(to ?? ""),
      amount: minor(amount ?? ""), currency: currency, funds: funds ?? .bank,
      reference: reference, parts: parts, debtor: onBehalfOf.map { try facts.reference($0) },
      tax: taxPart, isSale: sale)
  }
}

extension Facts {
  /// The party of a text that is a name or kind and name.
  ///
  /// - Throws: `PartyError` or `RuleFault.unknownParty`.
  fileprivate func reference(_ text: String) throws -> PartyReference {
    if text.contains(":") { return try PartyReference(text) }
    let name = try PartyName(text)
    guard let party = try party(text) else { throw RuleFault.unknownParty(name) }
    return party.reference
  }
}

extension PaymentRequest.Part {
  /// Reads `BILL` or `BILL=AMOUNT`; an equals sign belongs to the bill unless a number follows.
  fileprivate init(bill text: String, _ minor: (String) throws -> Int64) throws {
    guard let equals = text.lastIndex(of: "="),
      text[text.index(after: equals)...].first?.isNumber == true
    else {
      self.init(.bill(try Handle(text)))
      return
    }
    self.init(
      .bill(try Handle(String(text[..<equals]))),
      amount: try minor(String(text[text.index(after: equals)...])))
  }

  /// Reads `PURPOSE` or `PURPOSE=AMOUNT`.
  fileprivate init(purpose text: String, _ minor: (String) throws -> Int64) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let word = String(parts[0])
    guard let purpose = PaymentPurpose(rawValue: word) else { throw UnknownPurpose(word: word) }
    self.init(
      .purpose(purpose), amount: parts.count > 1 ? try minor(String(parts[1])) : nil)
  }
}

/// A word is none of the purposes of a payment.
private struct UnknownPurpose: ExplainedError {
  let word: String

  var description: String { "purpose \(quoted(word)) is unknown" }
  var hint: String? {
    "the purposes are " + PaymentPurpose.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
