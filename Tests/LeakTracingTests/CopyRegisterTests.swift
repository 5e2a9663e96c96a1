import Glibc
import LeakTracing
import Ledger
import MarkKeys
import Signing
import Testing
import Trade
import _TestSupport

/// The file of copies is a memory: whatever is in it, what is read is what the ledger says.
@Suite struct CopyRegisterTests {
  /// A ledger with two titles whose copies are made by the delivery server `ds`.
  private struct House {
    let folder = TemporaryFolder()
    let label: Author
    let server: Author
    var messages: [String: [Message]] = ["t1": [], "t2": []]

    var file: LedgerFile { LedgerFile(folder.path("l")) }
    var copies: String { folder.path("l.copies") }

    init(seed: UInt8) throws {
      func author(_ name: String, _ seed: UInt8) throws -> Author {
        let key = SigningKey(name: name, seed: Secret([UInt8](repeating: seed, count: 32)))
        return Author(
          name: try PartyName(name), key: key,
          clock: { (try? UTCTime(seconds: 1_790_000_000)) ?? .last })
      }
      label = try author("cs", seed)
      server = try author("ds", seed + 1)
      let file = LedgerFile(folder.path("l"))
      _ = try file.create(origin: Origin("l.example"), author: label, id: Handle("open"))
      let tariff = try Tariff(currency: Currency("JPY"), prices: [.purchase: MinorUnits(100)])
      _ = try file.appending().append(
        [
          Draft(
            id: Handle("e1"),
            Enrolled(
              party: server.name, role: .deliveryServer, number: 1, key: server.key.publicKey)),
          Draft(
            id: Handle("e2"), Enrolled(party: PartyName("alice"), role: .user, number: 1, key: nil)),
          Draft(id: Handle("p1"), Published(content: Handle("t1"), title: "One", tariff: tariff)),
          Draft(id: Handle("p2"), Published(content: Handle("t2"), title: "Two", tariff: tariff)),
        ], by: label, lockMilliseconds: 5000)
    }

    /// Appends markings, every third one of `t2`.
    mutating func mark(_ count: Int) throws {
      let first = messages.values.reduce(0) { $0 + $1.count } + 1
      var drafts: [Draft] = []
      for serial in first..<first + count {
        let message = try DeliveryIdentity(
          contentServer: 1, deliveryServer: 1, outlet: 0, user: 1, serial: serial
        ).message
        let content = serial % 3 == 0 ? "t2" : "t1"
        messages[content]?.append(message)
        drafts.append(
          Draft(
            id: try Handle("m\(serial)"),
            Marking(
              order: try Handle("o\(serial)"), content: try Handle(content),
              user: try PartyName("alice"), contentServer: label.name,
              deliveryServer: server.name, serial: Int64(serial), message: message)))
      }
      _ = try file.appending().append(drafts, by: server, lockMilliseconds: 5000)
    }

    func register(lag: Int64) throws -> [String: [Message]] {
      let register = try CopyRegister(file, file.reading(), lag: lag)
      return Dictionary(
        uniqueKeysWithValues: zip(register.contents.map(\.description), register.messages))
    }
  }

  @Test func itSaysWhatTheLedgerSays() throws {
    var house = try House(seed: 3)
    try house.mark(40)
    #expect(try house.register(lag: 1000) == house.messages)
    #expect(access(house.copies, F_OK) != 0, "nothing is written for a short ledger")
    #expect(try house.register(lag: 10) == house.messages)
    #expect(access(house.copies, F_OK) == 0)
    let first = try house.folder.read("l.copies")
    for count in [1, 30] {
      try house.mark(count)
      #expect(try house.register(lag: 10) == house.messages)
    }
    #expect(try house.folder.read("l.copies") != first)
  }

  @Test func anyOtherFileIsAsGoodAsNone() throws {
    var (house, other) = (try House(seed: 3), try House(seed: 5))
    try house.mark(40)
    try other.mark(25)
    _ = try house.register(lag: 0)
    _ = try other.register(lag: 0)
    let good = try house.folder.read("l.copies")
    try house.folder.write("l.copies", other.folder.read("l.copies"))
    #expect(try house.register(lag: 1000) == house.messages)
    for count in 0..<good.count {
      try house.folder.write("l.copies", Array(good[..<count]))
      #expect(try house.register(lag: 1000) == house.messages, "\(count) bytes")
    }
    for place in good.indices {
      var changed = good
      changed[place] ^= 0x41
      try house.folder.write("l.copies", changed)
      #expect(try house.register(lag: 1000) == house.messages, "byte \(place)")
    }
  }
}
