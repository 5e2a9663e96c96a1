import FingerprintCode
import Testing

/// Which bit of a delivery each segment of a film carries.
@Suite struct FilmSlotsTests {
  @Test func numbersAreInOrderWithoutGaps() {
    var (identity, fingerprint) = (0, 0)
    for segment in 0..<1000 {
      #expect(FilmSlots.fingerprintCount(segments: segment) == fingerprint)
      if FilmSlots.isIdentity(segment) {
        #expect(FilmSlots.identityNumber(of: segment) == identity)
        identity += 1
      } else {
        #expect(FilmSlots.fingerprintNumber(of: segment) == fingerprint)
        fingerprint += 1
      }
    }
    #expect(identity == 334 && fingerprint == 666)
  }

  @Test func asWrittenDown() {
    #expect((0..<7).map(FilmSlots.isIdentity) == [true, false, false, true, false, false, true])
    #expect(FilmSlots.identityNumber(of: 915) == 305)
    #expect([1, 2, 4, 5, 7].map(FilmSlots.fingerprintNumber) == [0, 1, 2, 3, 4])
  }
}
