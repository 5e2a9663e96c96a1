import CommandLineSupport
import Ledger
import Testing
import _TestSupport

/// Bodies of entries are written and read as the same, and nothing else is read.
@Suite struct EventTests {
  private func read(_ kind: EventKind, _ value: CanonicalValue) throws -> Event {
    try value.bytes.withUnsafeBytes { try Event(kind, CanonicalText().read($0)) }
  }

  @Test func everyKindHasASample() throws {
    let kinds = Set(try EventSamples.all().map { Event($0).kind })
    #expect(kinds == Set(EventKind.allCases))
  }

  @Test func bodiesGoRound() throws {
    for body in try EventSamples.all() {
      let event = Event(body)
      let again = try read(event.kind, body.canonical)
      #expect(again.body.canonical == body.canonical, "\(event.kind)")
      #expect(again.body.terms == body.terms, "\(event.kind)")
    }
  }

  /// Every member that is taken away, added, or made something else is noticed, but for those that
  /// may be missing.
  @Test func bodiesAreReadStrictly() throws {
    var optional = 0
    for body in try EventSamples.all() {
      let kind = Event(body).kind
      guard case .object(let members) = body.canonical else { continue }
      for position in members.indices {
        var fewer = members
        fewer.remove(at: position)
        if (try? read(kind, .object(fewer))) != nil { optional += 1 }
        var other = members
        other[position] = .init(name: members[position].name, value: .object([]))
        #expect(explained { try read(kind, .object(other)) } != nil, "\(members[position].name)")
      }
      let more = members + [.init(name: "zz", value: .integer(1))]
      #expect(throws: FieldFault.unknown("zz"), "\(kind)") { try read(kind, .object(more)) }
    }
    // artist, isrc, ... and the like: counted, so that a member does not become optional unseen.
    #expect(optional == 19)
  }

  @Test(
    arguments: [
      (EventKind.billed, #""amount":440"#, #""amount":439"#, "add up to 440 instead of 439"),
      (.billed, #""amount":440"#, #""amount":-1"#, "'amount' is -1, outside"),
      (.billed, #""net":400"#, #""net":399"#, "net amount 399 is not 1 times 400"),
      (.billed, #""quantity":1"#, #""quantity":0"#, "'quantity' is 0, outside 1...1000000000"),
      (.billed, "JPY", "JPX", "JPX"), (.billed, "user:alice", "alice", "alice"),
      (.billed, "user:alice", "content-server:cs", "nobody bills himself"),
      (.billed, #""unit":"purchase""#, #""unit":"copy""#, "'copy' is none of purchase, view"),
      (.payment, #""amount":440,"currency""#, #""amount":441,"currency""#, "add up to 440"),
      (.payment, #""amount":440,"bill""#, #""amount":-440,"bill""#, "is -440, outside"),
      (.payment, "user:alice", "content-server:cs", "nobody pays himself"),
      (.published, "JPABC2600001", "JPABC260000", "JPABC260000"),
      (.published, "4006381333931", "4006381333932", "4006381333932"),
      (.published, "0000000121032683", "0000000121032684", "0000000121032684"),
      (.published, "A12425GABC1234002M", "A12425GABC1234002N", "A12425GABC1234002N"),
      (.published, #""year":2026"#, #""year":26"#, "'year' is 26"),
      (.ordered, #"["song","b"]"#, "[]", "at least one title"),
      (.ordered, #"["song","b"]"#, #"["b","b"]"#, "stands there twice"),
      (.ordered, "2026-12-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-13-01"),
      (.ordered, "cd-r", "cd", "'cd' is none of cd-r"),
      (.marking, #""serial":4294967295"#, #""serial":4294967296"#, "outside 0...4294967295"),
      (.revoked, #""reason":"lost""#, #""reason":"""#, "0 bytes instead of 1 to 400"),
      (.enrolled, #""number":1"#, #""number":0"#, "'number' is 0"),
      (.opened, #""format":1"#, #""format":2"#, "'format' is 2, outside 1...1"),
    ] as [(EventKind, String, String, String)])
  func faultsAreExplained(
    _ kind: EventKind, _ good: String, _ bad: String, _ explanation: String
  ) throws {
    let body = try #require(try EventSamples.all().first { Event($0).kind == kind })
    let text = String(decoding: body.canonical.bytes, as: UTF8.self)
    let changed = text.replacing(good, with: bad, maxReplacements: 1)
    #expect(changed != text)
    let error = explained {
      try Array(changed.utf8).withUnsafeBytes { try Event(kind, CanonicalText().read($0)) }
    }
    #expect(error?.contains(explanation) == true, "\(error ?? "")")
  }

  /// A body that a program has put together wrongly is refused before anything is written.
  @Test func eventsThatCannotBeReadBackAreNotWritten() throws {
    let ledger = try TestLedger()
    let before = try ledger.bytes
    for body: any EventBody in [
      Revoked(party: TestLedger.author("ds").name, reason: "two\nlines"),
      try TestLedger.payment([]), try TestLedger.payment([TestLedger.split(-1)]),
    ] {
      #expect(explained { try ledger.append(body) } != nil)
    }
    #expect(try ledger.bytes == before)
  }
}

/// The explanation of what a step throws, nil when it throws nothing or cannot explain it.
func explained(_ step: () throws -> some Any) -> String? {
  do { _ = try step() } catch { return (error as? any ExplainedError)?.description }
  return nil
}
