import FoundationEssentials
import MarkKeys
import Testing
import _TestSupport

@testable import AudioMark

/// What the key decides, against vectors of another program.
@Suite struct SlotScheduleTests {
  @Test(arguments: ["zero", "counting"])
  func agreesWithTheVector(_ name: String) throws {
    let path = BuiltTools.packageRoot() + "/Tests/Vectors/mark/schedule-\(name).txt"
    var fields: [String: String] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    where !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields[String(parts[0])] = String(parts[1].drop { $0 == " " })
    }
    #expect(fields["expect"] == "success")
    let digitsOfSecret = try #require(fields["secret"])
    let secret = try #require(Hexadecimal.bytes(digitsOfSecret))
    let schedule = SlotSchedule(key: MarkKey(name: name, secret: Secret(secret)))
    func digits(_ signs: [Float]) -> String { String(signs.map { $0 < 0 ? "1" : "0" }) }
    func chips(_ slot: Int) -> String {
      digits((0..<32).map { schedule.chip(slot: slot, band: $0) })
    }
    #expect(schedule.bandAtPlace.map(String.init).joined(separator: " ") == fields["places"])
    #expect(digits(schedule.maskAtPlace) == fields["mask"])
    #expect(
      schedule.pattern.map { String($0, radix: 16) }.joined() == fields["patterns"])
    #expect(digits(schedule.whitening) == fields["whitening"])
    #expect(
      schedule.layer.map { String($0.rawValue.prefix(1)) }.joined() == fields["layers"])
    #expect(chips(0) == fields["chips-of-slot-0"])
    #expect(chips(959) == fields["chips-of-slot-959"])
  }

  @Test func chipsAreBalancedInBothGroups() {
    let schedule = SlotSchedule(key: .numbered(3))
    for slot in 0..<MarkGeometry.period {
      var sums = [0, 0].map(Float.init)
      for band in 0..<32 {
        let place = schedule.placeOfBand[band]
        sums[place / 16] += schedule.chip(slot: slot, band: band) * schedule.maskAtPlace[place]
      }
      #expect(sums == [0, 0])
    }
  }

  @Test func anotherKeyHasAnotherSchedule() {
    let a = SlotSchedule(key: .numbered(1))
    let b = SlotSchedule(key: .numbered(2))
    let equal = zip(a.pattern, b.pattern).count { $0 == $1 }
    // A fifteenth of 1920 by chance, with a standard deviation of 11.
    #expect((128 - 60...128 + 60).contains(equal))
    #expect(a.whitening != b.whitening)
  }
}

extension MarkKey {
  /// A key for tests.
  static func numbered(_ number: UInt8) -> MarkKey {
    MarkKey(name: "test \(number)", secret: Secret([UInt8](repeating: number, count: 32)))
  }
}
