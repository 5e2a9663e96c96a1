import Distribution
import Ledger
import MarkKeys
import Signing
import Testing
import Trade
import _TestSupport

/// The bytes of an order line, see docs/orders.md.
@Suite struct OrderLineTests {
  static let names = Vector.names(in: "orders")

  @Test(arguments: names) func vector(_ name: String) throws {
    let vector = try Vector("orders", name)
    let key = try PublicKey(text: vector.text("key"))
    let line = Array(vector.body.dropLast())
    #expect(vector.body.last == UInt8(ascii: "\n"))
    var says: String
    do {
      let (signed, order) = try line.withUnsafeBytes { try Order.read($0) }
      says = signed.isSigned(with: key) ? "good" : "the signature is wrong"
      #expect(signed.bytes == line)
      if says == "good" { #expect("\(order.ordered.order)" == (try vector.text("order"))) }
    } catch { says = "\(error)" }
    let expected = try vector.text("expect")
    #expect(expected == "good" ? says == "good" : says.contains(try vector.text("says")), "\(says)")
  }

  @Test func thereAreVectorsOfBothKinds() {
    #expect(Self.names.filter { $0.hasPrefix("good-") }.count > 1)
    #expect(Self.names.filter { $0.hasPrefix("bad-") }.count > 4)
  }

  @Test func noByteCanBeChanged() throws {
    let vector = try Vector("orders", "good-straight.txt")
    let key = try PublicKey(text: vector.text("key"))
    let line = Array(vector.body.dropLast())
    func isTaken(_ line: [UInt8]) -> Bool {
      let read = try? line.withUnsafeBytes { try Order.read($0) }
      return read?.line.isSigned(with: key) ?? false
    }
    #expect(isTaken(line))
    var random = SeededGenerator(seed: 11)
    for position in line.indices {
      for bit in 0..<8 {
        var changed = line
        changed[position] ^= 1 << UInt8(bit)
        #expect(!isTaken(changed), "byte \(position)")
      }
      var shorter = line
      shorter.remove(at: position)
      #expect(!isTaken(shorter))
      var longer = line
      longer.insert(UInt8.random(in: 32..<127, using: &random), at: position)
      #expect(!isTaken(longer))
    }
  }
}

/// The 128 bits of the copyright mark, see docs/copyright-message.md.
@Suite struct CopyrightInformationTests {
  @Test func everyMessageComesBack() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<10_000 {
      let message = Message(high: random.next(), low: random.next())
      let read = CopyrightInformation(message)
      #expect(read.message == message)
      let made = try CopyrightInformation(
        contentServer: read.contentServer, content: read.content, year: read.year,
        rights: read.rights)
      #expect(made == read)
    }
  }

  @Test func everyISRCComesBack() throws {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<1000 {
      let letters = (0..<2).map { _ in
        Character(UnicodeScalar(UInt8.random(in: 65...90, using: &random)))
      }
      let number = String(Int.random(in: 10_000_000..<20_000_000, using: &random)).dropFirst()
      let isrc = try ISRC(String(letters) + "Z9A" + number)
      let content = ContentNumber(packedISRC: isrc.packed)
      let message = try CopyrightInformation(contentServer: 65535, content: content).message
      let packed = try #require(CopyrightInformation(message).content.packedISRC)
      #expect(try ISRC(packed: packed) == isrc)
    }
  }

  @Test func theExampleOfTheFormat() throws {
    let information = try CopyrightInformation(
      contentServer: 1, content: ContentNumber(packedISRC: ISRC("JPZ012600042").packed),
      year: 2026, rights: .personalUse)
    let text = try contentsOfFormat()
    #expect(text.contains("\n    \(information.message)\n"), "\(information.message)")
  }

  private func contentsOfFormat() throws -> String {
    try Subprocess.run("cat", [BuiltTools.packageRoot() + "/docs/copyright-message.md"]).text
  }

  @Test func aHandleIsHashed() {
    // echo -n song | sha256sum, the first 62 of its bits.
    let number = ContentNumber(hashOf: "song")
    #expect(number.packedISRC == nil && number.bits >> 62 == 0)
    #expect(number.bits == 0x18fdd72242c15017)
  }

  @Test func numbersThatDoNotFitAreRefused() {
    for (server, year) in [(65536, 0), (-1, 0), (0, 65536), (0, -1)] {
      #expect(throws: MessageError.self) {
        try CopyrightInformation(
          contentServer: server, content: ContentNumber(bits: 0), year: year)
      }
    }
  }
}
